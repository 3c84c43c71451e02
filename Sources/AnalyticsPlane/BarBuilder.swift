import Contracts

/// Builds bars from trades by exchange time; a gap without trades has no bars.
///
/// A trade that comes late, after its own bar has been closed or a later one begun, is counted and belongs to the
/// bar that is open: the past is never told anew.
struct BarBuilder {
    private let milliseconds: Int64
    private(set) var current: Bar?
    /// How many trades came with an exchange time before that of the open bar.
    private(set) var lateCount = 0
    private var closedEnd: UnixMilliseconds = .min

    init(barSeconds: Int) {
        precondition(barSeconds > 0, "a bar has a length")
        milliseconds = Int64(barSeconds) * 1000
    }

    /// Takes one trade in; gives the bar that it closes.
    mutating func add(_ price: Price, at time: UnixMilliseconds) -> Bar? {
        let start = time - (time % milliseconds + milliseconds) % milliseconds
        guard var bar = current else {
            if start < closedEnd { lateCount += 1 }
            begin(at: max(start, closedEnd), price)
            return nil
        }
        guard start > bar.start else {
            if start < bar.start { lateCount += 1 }
            bar.high = max(bar.high, price)
            bar.low = min(bar.low, price)
            bar.close = price
            current = bar
            return nil
        }
        closedEnd = bar.end
        begin(at: start, price)
        return bar
    }

    /// Whether `time` lies before the bar that is open, or in one that is closed.
    func isPast(_ time: UnixMilliseconds) -> Bool {
        let start = time - (time % milliseconds + milliseconds) % milliseconds
        return start < max(closedEnd, current?.start ?? .min)
    }

    /// Closes the open bar if `time` is past its end.
    mutating func close(at time: UnixMilliseconds) -> Bar? {
        guard let bar = current, time >= bar.end else { return nil }
        closedEnd = bar.end
        current = nil
        return bar
    }

    private mutating func begin(at start: UnixMilliseconds, _ price: Price) {
        current = Bar(
            start: start,
            end: start + milliseconds,
            open: price,
            high: price,
            low: price,
            close: price
        )
    }
}
