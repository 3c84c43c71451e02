/// One bar in binary fractions, as indicators want it.
///
/// - Units: prices in quote asset, volume in base asset, time in Unix milliseconds.
package struct Candle: Hashable, Codable, Sendable {
    package let openTime: Int64
    package let open: Double
    package let high: Double
    package let low: Double
    package let close: Double
    package let volume: Double

    @inlinable package init(
        openTime: Int64,
        open: Double,
        high: Double,
        low: Double,
        close: Double,
        volume: Double
    ) {
        self.openTime = openTime
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume
    }

    /// The mean of high, low and close.
    @inlinable package var typicalPrice: Double { (high + low + close) / 3 }
    /// The mean of high and low.
    @inlinable package var middle: Double { (high + low) / 2 }
}
