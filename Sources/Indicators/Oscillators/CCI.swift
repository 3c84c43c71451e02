/// The commodity channel index: the typical price's distance from its mean in mean absolute deviations.
///
/// - Shape: the deviation is about a mean that moves, so each bar goes through the whole window.
/// - Source: Lambert's factor 0.015; 0 where the price is its mean.
package struct CCI: Indicator {
    private var prices: RecentValues
    package private(set) var value: Double?

    package init(length: Int) { prices = RecentValues(count: length) }

    @discardableResult
    package mutating func update(_ candle: Candle) -> Double? {
        let price = candle.typicalPrice
        _ = prices.push(price)
        guard prices.isFull else { return nil }
        let count = Double(prices.count)
        var sum = 0.0
        for price in prices.places { sum += price }
        let mean = sum / count
        var distances = 0.0
        for price in prices.places { distances += (price - mean).magnitude }
        let isOnMean = (price - mean).isRounding(of: mean)
        value = isOnMean ? 0 : (price - mean) / (0.015 * (distances / count))
        return value
    }
}
