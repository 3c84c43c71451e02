import Contracts

/// Builds bars from trades by exchange time; a gap without trades has no bars.
///
/// A trade that comes late, after its own bar has been closed or a later one begun, is counted and belongs to the
/// bar that is open: the past is never told anew.
struct BarBuilder: Hashable, Codable {
    private let milliseconds: Int64
    /// The open bar; its volume is set when it is closed.
    private(set) var current: Bar?
    /// How many trades came with an exchange time before that of the open bar.
    private(set) var lateCount = 0
    private var closedEnd: UnixMilliseconds = .min

    init(barSeconds: Int) {
        precondition(barSeconds > 0, "a bar has a length")
        milliseconds = Int64(barSeconds) * 1000
    }

    /// Takes a trade in that lies within the open bar; false, and nothing done, for any other.
    @inline(__always)
    mutating func join(_ trade: borrowing TradeEvent) -> Bool {
        guard let start = current?.start, trade.exchangeTime >= start,
            trade.exchangeTime < start + milliseconds
        else { return false }
        do throws(NumberError) { try current?.take(trade) } catch { return false }
        return true
    }

    /// Takes one trade in; gives the bar that it closes.
    mutating func add(_ trade: borrowing TradeEvent) throws(NumberError) -> Bar? {
        let time = trade.exchangeTime
        guard let end = current?.end else {
            let start = time.rounded(downTo: milliseconds)
            if start < closedEnd { lateCount += 1 }
            try begin(at: max(start, closedEnd), with: trade)
            return nil
        }
        guard time >= end else {
            if let start = current?.start, time < start { lateCount += 1 }
            try current?.take(trade)
            return nil
        }
        let closed = try closeCurrent()
        try begin(at: time.rounded(downTo: milliseconds), with: trade)
        return closed
    }

    /// Whether `time` lies before the bar that is open, or in one that is closed.
    func isPast(_ time: UnixMilliseconds) -> Bool {
        time.rounded(downTo: milliseconds) < max(closedEnd, current?.start ?? .min)
    }

    /// Closes the open bar if `time` is past its end.
    mutating func close(at time: UnixMilliseconds) throws(NumberError) -> Bar? {
        guard let end = current?.end, time >= end else { return nil }
        return try closeCurrent()
    }

    /// Says that the open bar is one of the past.
    mutating func markPast() { current?.isLive = false }

    private mutating func closeCurrent() throws(NumberError) -> Bar? {
        guard var bar = current.take() else { return nil }
        closedEnd = bar.end
        bar.volume = try bar.flow.total
        return bar
    }

    private mutating func begin(
        at start: UnixMilliseconds,
        with trade: borrowing TradeEvent
    ) throws(NumberError) {
        var flow = TradeFlow()
        try flow.add(trade.side, trade.quantity)
        current = Bar(
            start: start,
            end: start + milliseconds,
            open: trade.price,
            high: trade.price,
            low: trade.price,
            close: trade.price,
            volume: .zero,
            flow: flow,
            isLive: !trade.isBackfill
        )
    }
}

extension Bar {
    @inline(__always)
    fileprivate mutating func take(_ trade: borrowing TradeEvent) throws(NumberError) {
        try flow.add(trade.side, trade.quantity)
        if trade.price > high { high = trade.price }
        if trade.price < low { low = trade.price }
        close = trade.price
        if !trade.isBackfill { isLive = true }
    }
}

extension UnixMilliseconds {
    /// The newest multiple of `step` that is not after this time.
    func rounded(downTo step: Int64) -> Self { self - (self % step + step) % step }
}
