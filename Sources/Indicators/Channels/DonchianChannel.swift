/// The highest high and the lowest low of the newest bars, the current one included.
package struct DonchianChannel: Indicator {
    /// The figures of one bar, in quote asset.
    package struct Value: Hashable, Codable, Sendable {
        package let upper: Double
        package let lower: Double
    }

    private var highs: SlidingWindow<Highest>
    private var lows: SlidingWindow<Lowest>
    package private(set) var value: Value?

    package init(length: Int) {
        highs = SlidingWindow(length: length)
        lows = SlidingWindow(length: length)
    }

    @discardableResult
    package mutating func update(_ candle: Candle) -> Value? {
        let (highest, lowest) = (highs.add(candle.high), lows.add(candle.low))
        guard let highest, let lowest else { return nil }
        value = Value(upper: highest.rawValue, lower: lowest.rawValue)
        return value
    }
}
