/// Wilder's sum: that of the first `length` - 1 values, then an n-th of it makes room for each new one.
struct WilderSum: Hashable, Codable, Sendable {
    private let length: Int
    private var count = 0
    private var sum = 0.0

    init(length: Int) {
        precondition(length > 0, "a sum has a length")
        self.length = length
    }

    /// Nil until `length` values have been seen.
    var value: Double? { count >= length ? sum : nil }

    mutating func add(_ value: Double) {
        if count >= length - 1 { sum -= sum / Double(length) }
        sum += value
        count = min(count + 1, length)
    }
}
