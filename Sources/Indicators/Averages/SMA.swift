/// The plain mean of the newest `length` values.
package struct SMA: Indicator {
    private let length: Int
    private var window: SlidingWindow<Sum>
    package private(set) var value: Double?

    package init(length: Int) {
        self.length = length
        window = SlidingWindow(length: length)
    }

    @discardableResult
    package mutating func update(_ newest: Double) -> Double? {
        value = window.add(newest).map { $0.rawValue / Double(length) }
        return value
    }
}
