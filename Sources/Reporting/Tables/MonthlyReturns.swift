import Contracts

/// What each month and each year brought, from the last equity before it to its own last.
struct MonthlyReturns {
    struct Year: Equatable {
        let year: Int
        /// January first; nil where the run had no equity in the month.
        fileprivate(set) var months: [Double?]
        fileprivate(set) var total: Double
    }

    private(set) var years: [Year] = []

    init(_ equity: [EquityPoint]) {
        guard let first = equity.first else { return }
        var (beforeMonth, beforeYear, last) = (first.equity, first.equity, first.equity)
        var date = UTCDate(first.time)
        var monthEnd = date.month(after: 1).start
        for point in equity {
            if point.time >= monthEnd {
                let next = UTCDate(point.time)
                beforeMonth = last
                if next.year != date.year { beforeYear = last }
                date = next
                monthEnd = date.month(after: 1).start
            }
            last = point.equity
            if years.last?.year != date.year {
                years.append(Year(year: date.year, months: Array(repeating: nil, count: 12), total: 0))
            }
            years[years.count - 1].months[date.month - 1] = Self.change(from: beforeMonth, to: last)
            years[years.count - 1].total = Self.change(from: beforeYear, to: last)
        }
    }

    private static func change(from before: Double, to after: Double) -> Double {
        before > 0 ? after / before - 1 : 0
    }
}
