/// The mean of the newest closes, and so many standard deviations (of the population) above and below it.
package struct BollingerBands: Indicator {
    private let width: Double
    private var window: SlidingWindow<Moments>
    package private(set) var value: Channel?

    package init(length: Int, width: Double) {
        self.width = width
        window = SlidingWindow(length: length)
    }

    @discardableResult
    package mutating func update(_ close: Double) -> Channel? {
        value = window.add(close).map { Channel(middle: $0.mean, distance: width * $0.deviation) }
        return value
    }
}
