import NIOCore

/// The candles of one symbol in one length: the current one and a bounded past.
struct CandleSeries {
    /// One day of minutes, and more than a REST page of any length.
    static let closedMax = 1440

    let interval: KlineInterval
    private let keeps: Int
    private(set) var closed = CircularBuffer<Candle>()
    private(set) var current: Candle?
    /// The current candle changed since it was last pushed.
    private(set) var isDirty = false
    private(set) var lastPushMs: Int64 = 0

    init(interval: KlineInterval, keeps: Int = CandleSeries.closedMax) {
        (self.interval, self.keeps) = (interval, keeps)
    }

    /// Takes a trade or a shorter candle and gives back the candles it closed, oldest first.
    ///
    /// What comes late for a closed candle goes into the current one: closed candles never change.
    mutating func absorb(_ piece: Candle) -> [Candle] {
        let done = advance(toMs: piece.startMs)
        isDirty = true
        if current == nil {
            current = .flat(at: piece.open, startMs: interval.start(of: piece.startMs))
        }
        current?.absorb(piece)
        return done
    }

    /// Closes what has ended by `timeMs`; a length without a trade becomes a flat candle.
    mutating func advance(toMs timeMs: Int64) -> [Candle] {
        var done: [Candle] = []
        while let candle = current, timeMs >= interval.end(after: candle.startMs) {
            done.append(candle)
            closed.append(candle)
            if closed.count > keeps { closed.removeFirst() }
            let following = interval.end(after: candle.startMs)
            // A hole longer than the kept past is not filled: nobody could see the filling.
            let start = done.count < keeps ? following : interval.start(of: timeMs)
            current = .flat(at: candle.close, startMs: start)
            isDirty = false
        }
        return done
    }

    mutating func markPushed(atMs timeMs: Int64) {
        isDirty = false
        lastPushMs = timeMs
    }
}
