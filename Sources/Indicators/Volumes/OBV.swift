/// On-balance volume: the running sum of volumes, signed by the close's change; it starts with the first bar's.
package struct OBV: Indicator {
    private var balance = CompensatedSum()
    private var previous: Double?

    package init() {}

    package var value: Double? { previous == nil ? nil : balance.value }

    @discardableResult
    package mutating func update(_ candle: Candle) -> Double? {
        let reference = previous ?? -.infinity
        if candle.close > reference {
            balance.add(candle.volume)
        } else if candle.close < reference {
            balance.add(-candle.volume)
        }
        previous = candle.close
        return value
    }
}
