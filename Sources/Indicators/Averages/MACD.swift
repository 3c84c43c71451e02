/// The distance between a fast and a slow average, and an average of that distance.
///
/// - Source: seeded together it is TA-Lib's, where both averages start at the slow one's first value and all three
///   figures are shown from the signal's first on; otherwise each average has its own seed and the line is shown alone
///   at first.
package struct MACD: Indicator {
    /// Where the averages start.
    package enum Seeding: String, Hashable, Codable, Sendable {
        case together
        case apart
    }

    /// The figures of one bar.
    package struct Value: Hashable, Codable, Sendable {
        package let line: Double
        /// Nil until the line has been seen often enough.
        package let signal: Double?

        package var histogram: Double? { signal.map { line - $0 } }
    }

    private let seeding: Seeding
    private var fast: EMA
    private var slow: EMA
    private var signal: EMA
    /// How many values the fast average lets pass, so that both are seeded at one place.
    private var skips: Int
    package private(set) var value: Value?

    /// Makes one of two averages' distance; the longer of the two is the slow one, in either order.
    package init(fast: Int, slow: Int, signal: Int, seeding: Seeding = .together) {
        self.seeding = seeding
        self.fast = EMA(length: min(fast, slow))
        self.slow = EMA(length: max(fast, slow))
        self.signal = EMA(length: signal)
        skips = seeding == .together ? max(fast, slow) - min(fast, slow) : 0
    }

    @discardableResult
    package mutating func update(_ newest: Double) -> Value? {
        slow.update(newest)
        guard skips == 0 else {
            skips -= 1
            return nil
        }
        fast.update(newest)
        guard let fast = fast.value, let slow = slow.value else { return nil }
        let line = fast - slow
        let signal = signal.update(line)
        if seeding == .apart || signal != nil { value = Value(line: line, signal: signal) }
        return value
    }
}
