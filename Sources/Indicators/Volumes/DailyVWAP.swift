/// The average of the typical price weighted by volume since 00:00 UTC; nil until something has been traded.
package struct DailyVWAP: Indicator {
    private static let dayMilliseconds: Int64 = 86_400_000

    private var day: Int64?
    private var turnover = 0.0
    private var volume = 0.0

    package init() {}

    package var value: Double? { volume > 0 ? turnover / volume : nil }

    @discardableResult
    package mutating func update(_ candle: Candle) -> Double? {
        let today = candle.openTime / Self.dayMilliseconds
        if today != day { (day, turnover, volume) = (today, 0, 0) }
        turnover += candle.typicalPrice * candle.volume
        volume += candle.volume
        return value
    }
}
