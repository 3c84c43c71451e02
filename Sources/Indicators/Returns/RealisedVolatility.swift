/// The root of the sum of the newest squared log returns, not annualised.
package struct RealisedVolatility: Indicator {
    private var squares: SlidingWindow<Sum>
    package private(set) var value: Double?

    package init(length: Int) { squares = SlidingWindow(length: length) }

    @discardableResult
    package mutating func update(logReturn: Double) -> Double? {
        value = squares.add(logReturn * logReturn).map { $0.rawValue.squareRoot() }
        return value
    }
}
