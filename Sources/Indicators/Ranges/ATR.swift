/// Wilder's average true range.
///
/// - Source: the first true range is the second bar's; seeded by the mean of `length` of them.
package struct ATR: Indicator {
    private var average: WilderAverage
    private var previousClose: Double?

    package init(length: Int) { average = WilderAverage(length: length) }

    package var value: Double? { average.value }

    @discardableResult
    package mutating func update(_ candle: Candle) -> Double? {
        defer { previousClose = candle.close }
        guard let previousClose else { return nil }
        average.add(candle.trueRange(after: previousClose))
        return average.value
    }
}

extension Candle {
    /// The bar's range with the close before it.
    func trueRange(after previousClose: Double) -> Double {
        max(high, previousClose) - min(low, previousClose)
    }
}
