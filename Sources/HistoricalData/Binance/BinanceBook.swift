import Contracts

/// Whether a depth message follows the one before, by the exchange's rules.
///
/// - Source: Binance, "How to manage a local order book correctly": a snapshot, then what is newer than it without a hole.
struct BinanceBook {
    enum Verdict {
        case tell
        case ignore
        /// A message is missing: nothing fits until the next snapshot.
        case gap(expected: UInt64, got: UInt64)
    }

    /// The last update folded in; nil until there is a snapshot.
    private var last: UInt64?
    private var isAtSnapshot = false

    mutating func begin(at updateID: UInt64) { (last, isAtSnapshot) = (updateID, true) }

    mutating func judge(_ depth: BinanceDepth) -> Verdict {
        guard let last else { return .ignore }
        if isAtSnapshot {
            guard depth.last >= last else { return .ignore }
            isAtSnapshot = false
        } else {
            let follows = depth.previous.map { $0 == last } ?? (depth.first == last + 1)
            guard follows else {
                self.last = nil
                return .gap(expected: last, got: depth.previous ?? depth.first)
            }
        }
        self.last = depth.last
        return .tell
    }
}
