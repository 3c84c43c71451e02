/// Simple returns of equal periods, and how many of those periods make a year.
///
/// - Units: a return of 0.01 is a gain of one percent; periods per year as in 8 760 for hours.
package struct ReturnSeries: Hashable, Sendable {
    package let returns: [Double]
    package let periodsPerYear: Double

    package init(returns: [Double], periodsPerYear: Double) {
        precondition(periodsPerYear > 0, "a year has more than no periods")
        self.returns = returns
        self.periodsPerYear = periodsPerYear
    }

    /// The returns from each value of an equity curve to the next; the first value is what it began with.
    ///
    /// The series ends with the first value that is not above zero: nothing is earned on nothing.
    package init(equity: some Sequence<Double>, periodsPerYear: Double) {
        var returns: [Double] = []
        var previous: Double?
        for value in equity {
            if let previous { returns.append(value / previous - 1) }
            guard value > 0 else { break }
            previous = value
        }
        self.init(returns: returns, periodsPerYear: periodsPerYear)
    }

    /// How many periods of `milliseconds` make a year of 365 days.
    package static func periodsPerYear(milliseconds: Int64) -> Double {
        365 * 86_400_000 / Double(max(1, milliseconds))
    }

    /// The equity at each period's end, for a start at 1.
    package var equity: [Double] {
        var value = 1.0
        return returns.map { each in
            value *= 1 + each
            return value
        }
    }
}
