import Contracts

/// The times about funding settlements.
struct FundingWindow: Hashable, Codable {
    private var last: UnixMilliseconds?
    private var next: UnixMilliseconds?

    /// Takes in when the coming settlement is; the one before it has just been or is near too.
    mutating func move(to settlement: UnixMilliseconds) {
        guard settlement != next else { return }
        if let next, next < settlement { last = next }
        next = settlement
    }

    /// Whether a settlement is at most `reach` milliseconds away.
    func contains(_ time: UnixMilliseconds, reach: Int64) -> Bool {
        [last, next].contains { settlement in
            settlement.map { time >= $0 - reach && time < $0 + reach } ?? false
        }
    }

    /// The next time after `time` at which that changes; nil where none is known.
    func nextBorder(after time: UnixMilliseconds, reach: Int64) -> UnixMilliseconds? {
        [last, next].compactMap { $0 }.flatMap { [$0 - reach, $0 + reach] }.filter { $0 > time }.min()
    }
}
