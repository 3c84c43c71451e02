import Contracts

/// Joins bars to longer ones that begin at whole multiples of their length in UTC.
///
/// A longer bar is closed by the bar that ends with it, or, where that one is missing, when the time has come. One
/// that comes after that belongs to the next: the past is never told anew.
struct BarAggregator: Hashable, Codable {
    private let milliseconds: Int64
    private(set) var current: Bar?
    private var closedEnd: UnixMilliseconds = .min

    init(barSeconds: Int) { milliseconds = Int64(barSeconds) * 1000 }

    /// Takes one bar in; gives the longer one that it ends.
    mutating func add(_ bar: Bar) throws(NumberError) -> Bar? {
        if current == nil {
            let start = max(bar.start.rounded(downTo: milliseconds), closedEnd)
            current = bar.opening(from: start, to: start + milliseconds)
        } else {
            try current?.append(bar)
        }
        return close(at: bar.end)
    }

    /// Closes the open bar if `time` is past its end.
    mutating func close(at time: UnixMilliseconds) -> Bar? {
        guard let end = current?.end, time >= end else { return nil }
        closedEnd = end
        return current.take()
    }

    /// Says that the open bar is one of the past.
    mutating func markPast() { current?.isLive = false }
}
