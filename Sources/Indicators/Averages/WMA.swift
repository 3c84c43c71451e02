/// The mean of the newest `length` values with weights 1 to `length`, the newest the heaviest.
package struct WMA: Indicator {
    private let weights: Double
    private var window: SlidingWindow<WeightedSum>
    package private(set) var value: Double?

    package init(length: Int) {
        weights = Double(length) * Double(length + 1) / 2
        window = SlidingWindow(length: length)
    }

    @discardableResult
    package mutating func update(_ newest: Double) -> Double? {
        value = window.add(newest).map { $0.weighted / weights }
        return value
    }
}
