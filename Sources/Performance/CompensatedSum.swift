/// A sum of many numbers that loses nothing to rounding but in its last digit.
///
/// - Source: Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", 1974.
struct CompensatedSum {
    private var total = 0.0
    private var lost = 0.0

    var value: Double { total + lost }

    init() {}

    init(_ numbers: some Sequence<Double>) {
        for number in numbers { add(number) }
    }

    mutating func add(_ number: Double) {
        let sum = total + number
        lost += abs(total) >= abs(number) ? (total - sum) + number : (number - sum) + total
        total = sum
    }
}

extension Double {
    /// The number where it is one; nil for infinity and for no number at all.
    var ifFinite: Double? { isFinite ? self : nil }
}
