import Contracts

/// Counts what was dropped and tells it folded: at most once a second.
struct DropFold {
    static let quietMilliseconds: Int64 = 1_000

    private var counts: [Topic: Int] = [:]
    private var gaps: Set<Instrument> = []
    private var toldAt: Int64 = .min

    mutating func note(_ event: AnyEvent) {
        counts[event.topic, default: 0] += 1
        if case .marketTrade(let trade) = event { gaps.insert(trade.instrument) }
    }

    /// What was dropped since it was last told, and whose trades have a hole; nil while there is nothing to tell.
    mutating func flush(at now: Int64) -> (text: String, tradeGaps: [Instrument])? {
        guard !counts.isEmpty, toldAt == .min || now - toldAt >= Self.quietMilliseconds else { return nil }
        toldAt = now
        let text = counts.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.value) of \($0.key.rawValue)" }.joined(separator: ", ")
        defer { (counts, gaps) = ([:], []) }
        return (text, gaps.sorted())
    }
}
