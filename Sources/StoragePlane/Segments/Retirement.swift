import Contracts

/// The record of what retention has deleted: everything up to one row.
package struct Retirement: Hashable, Sendable {
    /// The last row that is gone, and its link: what is left begins after it.
    package let last: UInt64
    package let hash: ChainHash
    /// The time of the last row that is gone.
    package let lastTs: UnixMilliseconds
    /// The newest event's time when it was decided.
    package let decided: UnixMilliseconds

    package init(last: UInt64, hash: ChainHash, lastTs: UnixMilliseconds, decided: UnixMilliseconds) {
        self.last = last
        self.hash = hash
        self.lastTs = lastTs
        self.decided = decided
    }

    init?(_ entries: [String: String]) {
        guard let last = entries["retired_last"].flatMap({ UInt64($0) }),
            let hash = entries["retired_hash"].flatMap({ ChainHash(hexadecimal: $0) }),
            let lastTs = entries["retired_last_ts"].flatMap({ UnixMilliseconds($0) }),
            let decided = entries["retired_decided"].flatMap({ UnixMilliseconds($0) })
        else { return nil }
        self.init(last: last, hash: hash, lastTs: lastTs, decided: decided)
    }

    var entries: [String: String] {
        [
            "retired_last": String(last), "retired_hash": hash.description,
            "retired_last_ts": String(lastTs), "retired_decided": String(decided),
        ]
    }
}
