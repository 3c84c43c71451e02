/// A trailing band of ATRs about the bar's middle that the close has to cross to turn the trend.
///
/// - Source: the band only moves towards the price while the price has not crossed it; first known with the ATR, up
///   where the close is above the middle.
package struct SuperTrend: Indicator {
    /// The figures of one bar.
    package struct Value: Hashable, Codable, Sendable {
        /// The lower band in a rising trend, the upper one in a falling.
        package let line: Double
        package let isUp: Bool

        package var direction: Double { isUp ? 1 : -1 }
    }

    private struct State: Hashable, Codable {
        var upper: Double
        var lower: Double
        var isUp: Bool
    }

    private let width: Double
    private var range: ATR
    private var state: State?
    private var previousClose = 0.0

    /// Makes one whose bands are `width` ATRs of `length` bars away.
    package init(length: Int, width: Double) {
        self.width = width
        range = ATR(length: length)
    }

    package var value: Value? {
        state.map { Value(line: $0.isUp ? $0.lower : $0.upper, isUp: $0.isUp) }
    }

    @discardableResult
    package mutating func update(_ candle: Candle) -> Value? {
        defer { previousClose = candle.close }
        guard let range = range.update(candle) else { return nil }
        let (upper, lower) = (candle.middle + width * range, candle.middle - width * range)
        guard var next = state else {
            state = State(upper: upper, lower: lower, isUp: candle.close > candle.middle)
            return value
        }
        if upper < next.upper || previousClose > next.upper { next.upper = upper }
        if lower > next.lower || previousClose < next.lower { next.lower = lower }
        if next.isUp {
            if candle.close < next.lower { next.isUp = false }
        } else if candle.close > next.upper {
            next.isUp = true
        }
        state = next
        return value
    }
}
