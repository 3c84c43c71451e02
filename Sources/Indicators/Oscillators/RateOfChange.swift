/// The change over `length` bars, in percent.
package struct RateOfChange: Indicator {
    private var closes: RecentValues
    package private(set) var value: Double?

    package init(length: Int) { closes = RecentValues(count: length) }

    @discardableResult
    package mutating func update(_ close: Double) -> Double? {
        value = closes.push(close).map { 100 * (close / $0 - 1) }
        return value
    }
}
