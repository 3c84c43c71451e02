import Contracts

/// Where each decision of a run left the digest: two runs agree as far as their logs do.
struct DecisionLog: Sendable {
    struct Entry: Hashable, Sendable {
        let time: UnixMilliseconds
        let word: UInt64
    }

    private(set) var entries: ContiguousArray<Entry> = []

    mutating func append(at time: UnixMilliseconds, _ word: UInt64) {
        entries.append(Entry(time: time, word: word))
    }
}
