/// Wilder's directional indicators and their average index, each 0 to 100.
///
/// - Source: TA-Lib's: sums of the first `length` - 1 moves, then smoothed; the directional indicators from the bar
///   `length` on, the index from `2 * length - 1` on; a bar without any movement leaves the index as it is.
package struct DirectionalMovement: Indicator {
    /// The figures of one bar.
    package struct Value: Hashable, Codable, Sendable {
        package let plus: Double
        package let minus: Double
        /// The average directional index; nil until `length` of the two others have been seen.
        package let index: Double?
    }

    private let length: Int
    private var ranges: WilderSum
    private var rises: WilderSum
    private var falls: WilderSum
    private var count = 0
    /// While it is being seeded, the sum of the plain indices.
    private var index = 0.0
    private var previous: Candle?
    package private(set) var value: Value?

    package init(length: Int) {
        self.length = length
        ranges = WilderSum(length: length)
        rises = WilderSum(length: length)
        falls = WilderSum(length: length)
    }

    @discardableResult
    package mutating func update(_ candle: Candle) -> Value? {
        defer { previous = candle }
        guard let previous else { return nil }
        let (up, down) = (candle.high - previous.high, previous.low - candle.low)
        ranges.add(candle.trueRange(after: previous.close))
        rises.add(up > down && up > 0 ? up : 0)
        falls.add(down > up && down > 0 ? down : 0)
        guard let range = ranges.value, let rise = rises.value, let fall = falls.value else { return nil }
        let isFlat = range.isNegligible
        let (plus, minus) = isFlat ? (0, 0) : (100 * (rise / range), 100 * (fall / range))
        average((plus + minus).isNegligible ? nil : 100 * ((plus - minus).magnitude / (plus + minus)))
        value = Value(plus: plus, minus: minus, index: count == length ? index : nil)
        return value
    }

    private mutating func average(_ plain: Double?) {
        guard count < length else {
            if let plain { index = (index * Double(length - 1) + plain) / Double(length) }
            return
        }
        count += 1
        index += plain ?? 0
        if count == length { index /= Double(length) }
    }
}
