/// The money flow index: the share of turnover on rises of the typical price in that on all moves, 0 to 100.
///
/// - Source: a bar whose typical price stays counts on neither side; 0 where there was no turnover.
package struct MFI: Indicator {
    private var rises: SlidingWindow<Sum>
    private var falls: SlidingWindow<Sum>
    private var previous: Double?
    package private(set) var value: Double?

    package init(length: Int) {
        rises = SlidingWindow(length: length)
        falls = SlidingWindow(length: length)
    }

    @discardableResult
    package mutating func update(_ candle: Candle) -> Double? {
        let price = candle.typicalPrice
        defer { previous = price }
        guard let previous else { return nil }
        let change = price - previous
        let flow = change.isRounding(of: price) ? 0 : price * candle.volume
        let (rise, fall) = (rises.add(change > 0 ? flow : 0), falls.add(change < 0 ? flow : 0))
        guard let rise = rise?.rawValue, let fall = fall?.rawValue else { return nil }
        value = rise + fall > 0 ? 100 * (rise / (rise + fall)) : 0
        return value
    }
}
