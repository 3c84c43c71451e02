/// Wilder's relative strength: the share of gains in all moves, 0 to 100; 0 where nothing moves.
///
/// - Source: the averages are seeded by the first `length` moves; held to TA-Lib's figures by the tests.
package struct RSI: Indicator {
    private var gains: WilderAverage
    private var losses: WilderAverage
    private var previous: Double?
    package private(set) var value: Double?

    package init(length: Int) {
        gains = WilderAverage(length: length)
        losses = WilderAverage(length: length)
    }

    @discardableResult
    package mutating func update(_ close: Double) -> Double? {
        defer { previous = close }
        guard let previous else { return nil }
        gains.add(max(close - previous, 0))
        losses.add(max(previous - close, 0))
        guard let gain = gains.value, let loss = losses.value else { return nil }
        value = (gain + loss).isNegligible ? 0 : 100 * (gain / (gain + loss))
        return value
    }
}
