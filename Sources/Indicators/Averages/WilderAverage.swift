/// Wilder's smoothing: the mean of the first `length` values, then each new one weighs one in `length`.
struct WilderAverage: Hashable, Codable, Sendable {
    private let length: Int
    private var count = 0
    /// While it is being seeded, the sum of the values.
    private var average = 0.0

    init(length: Int) {
        precondition(length > 0, "an average has a length")
        self.length = length
    }

    var value: Double? { count >= length ? average : nil }

    mutating func add(_ value: Double) {
        guard count < length else {
            average = (average * Double(length - 1) + value) / Double(length)
            return
        }
        count += 1
        average += value
        if count == length { average /= Double(length) }
    }
}
