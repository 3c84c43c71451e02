/// An exponential average of the closes, and so many average true ranges above and below it.
package struct KeltnerChannel: Indicator {
    private let width: Double
    private var average: EMA
    private var range: ATR

    package init(length: Int, rangeLength: Int, width: Double) {
        self.width = width
        average = EMA(length: length)
        range = ATR(length: rangeLength)
    }

    /// The middle alone, which may be known before the range is.
    package var middle: Double? { average.value }

    package var value: Channel? {
        guard let middle = average.value, let range = range.value else { return nil }
        return Channel(middle: middle, distance: width * range)
    }

    @discardableResult
    package mutating func update(_ candle: Candle) -> Channel? {
        average.update(candle.close)
        range.update(candle)
        return value
    }
}
