/// A running sum that keeps what rounding would lose, so that it doesn't drift over millions of values.
///
/// - Source: Neumaier's improvement of Kahan's summation.
struct CompensatedSum: Hashable, Codable, Sendable {
    private var total = 0.0
    private var lost = 0.0

    var value: Double { total + lost }

    mutating func add(_ value: Double) {
        let sum = total + value
        if total.magnitude >= value.magnitude {
            lost += (total - sum) + value
        } else {
            lost += (value - sum) + total
        }
        total = sum
    }
}
