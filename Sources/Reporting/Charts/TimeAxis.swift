import Contracts

/// The horizontal axis of a chart: from times to a share of the width, with ticks at the calendar's own steps.
struct TimeAxis {
    struct Tick {
        /// In percent of the width.
        let x: String
        let label: String
        /// Where the label lies about its place: the first one would stand over the chart's edge.
        let anchor: String
        /// The class that hides two labels of three where the page is narrow.
        let rank: String

        init(at fraction: Double, label: String, number: Int) {
            x = Coordinate.percent(fraction)
            self.label = label
            anchor = fraction < 0.05 ? "start" : "middle"
            rank = number.isMultiple(of: 3) ? "major" : "minor"
        }
    }

    let first: UnixMilliseconds
    let last: UnixMilliseconds

    /// An axis from one time to a later one; a single time gets the day around it.
    init(_ first: UnixMilliseconds, _ last: UnixMilliseconds) {
        self.first = first
        self.last = max(last, first + 60_000)
    }

    /// A share of the width, 0 to 1.
    func fraction(_ time: UnixMilliseconds) -> Double { Double(time - first) / Double(last - first) }

    /// At most so many ticks.
    func ticks(max count: Int = 9) -> [Tick] {
        let times =
            Self.steps.lazy.map { $0.times(from: first, to: last, max: count) }
            .first { $0.count <= count } ?? []
        let areMonths = times.allSatisfy { UTCDate($0).month(after: 0).start == $0 }
        return times.enumerated().map { index, time in
            Tick(at: fraction(time), label: Self.label(time, areMonths), number: index)
        }
    }

    private static func label(_ time: UnixMilliseconds, _ areMonths: Bool) -> String {
        let date = UTCDate(time)
        let month = TimeText.months[date.month - 1]
        if areMonths { return "\(month) \(date.year)" }
        return date.start == time ? "\(date.day) \(month)" : TimeText.clock(time)
    }

    /// The steps of a calendar, the shortest first.
    private static let steps: [CalendarStep] =
        [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720].map { .minutes($0) }
        + [1, 2, 7, 14].map { .minutes($0 * 1_440) } + [1, 2, 3, 6, 12, 24, 60, 120].map { .months($0) }
}

/// A distance between ticks.
private enum CalendarStep {
    case minutes(Int64)
    case months(Int)

    /// The times at this step; one more than `max` where there are more.
    func times(from first: UnixMilliseconds, to last: UnixMilliseconds, max: Int) -> [UnixMilliseconds] {
        var times: [UnixMilliseconds] = []
        var next = start(first)
        while next <= last, times.count <= max {
            if next >= first { times.append(next) }
            next = following(next)
        }
        return times
    }

    private func start(_ time: UnixMilliseconds) -> UnixMilliseconds {
        switch self {
        case .minutes(let minutes):
            return time - time % (minutes * 60_000)
        case .months(let months):
            let date = UTCDate(time)
            let count = date.year * 12 + date.month - 1
            return UTCDate(year: 0, month: 1).month(after: count / months * months).start
        }
    }

    private func following(_ time: UnixMilliseconds) -> UnixMilliseconds {
        switch self {
        case .minutes(let minutes): time + minutes * 60_000
        case .months(let months): UTCDate(time).month(after: months).start
        }
    }
}
