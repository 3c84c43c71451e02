/// An exponential moving average, seeded by the plain mean of its first values.
///
/// - Source: factor 2/(n+1), defined from the n-th value on; held to TA-Lib's convention by the tests.
struct EMA {
    private let length: Int
    private let factor: Double
    private var count = 0
    private var seedSum = 0.0
    private var average = 0.0

    init(length: Int) {
        precondition(length > 0, "an average has a length")
        self.length = length
        self.factor = 2 / Double(length + 1)
    }

    /// Nil until `length` values have been seen.
    var value: Double? { count >= length ? average : nil }

    mutating func add(_ value: Double) {
        count = min(count + 1, length + 1)
        guard count > length else {
            seedSum += value
            average = seedSum / Double(count)
            return
        }
        average += factor * (value - average)
    }

    /// The average so far, also while it is being seeded.
    var estimate: Double { average }
}
