/// Wilder's average true range.
///
/// - Source: the first true range is the second bar's; seeded by the mean of `length` of them, then Wilder's
///   smoothing; held to TA-Lib's convention by the tests.
struct ATR {
    private let length: Int
    private var previousClose: Double?
    private var count = 0
    private var seedSum = 0.0
    private var average = 0.0

    init(length: Int) {
        precondition(length > 0, "an average has a length")
        self.length = length
    }

    /// Nil until `length` true ranges have been seen.
    var value: Double? { count >= length ? average : nil }
    /// The average so far, also while it is being seeded.
    var estimate: Double { average }

    mutating func add(high: Double, low: Double, close: Double) {
        defer { previousClose = close }
        guard let previousClose else { return }
        let range = max(high, previousClose) - min(low, previousClose)
        count = min(count + 1, length + 1)
        guard count > length else {
            seedSum += range
            average = seedSum / Double(count)
            return
        }
        average = (average * Double(length - 1) + range) / Double(length)
    }
}
