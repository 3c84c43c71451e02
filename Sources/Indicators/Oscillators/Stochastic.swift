/// Where the close stands between the newest `length` bars' low and high, 0 to 100, smoothed twice.
package struct Stochastic: Indicator {
    /// The figures of one bar.
    package struct Value: Hashable, Codable, Sendable {
        package let slowK: Double
        package let slowD: Double
    }

    private var highs: SlidingWindow<Highest>
    private var lows: SlidingWindow<Lowest>
    private var slowK: SMA
    private var slowD: SMA
    package private(set) var value: Value?

    /// Makes one over `length` bars; the raw figure's mean of `slowing` is %K, its mean of `signal` is %D.
    package init(length: Int, slowing: Int, signal: Int) {
        highs = SlidingWindow(length: length)
        lows = SlidingWindow(length: length)
        slowK = SMA(length: slowing)
        slowD = SMA(length: signal)
    }

    @discardableResult
    package mutating func update(_ candle: Candle) -> Value? {
        let (highest, lowest) = (highs.add(candle.high), lows.add(candle.low))
        guard let high = highest?.rawValue, let low = lowest?.rawValue else { return nil }
        let raw = high > low ? 100 * ((candle.close - low) / (high - low)) : 0
        guard let slowK = slowK.update(raw), let slowD = slowD.update(slowK) else { return nil }
        value = Value(slowK: slowK, slowD: slowD)
        return value
    }
}
