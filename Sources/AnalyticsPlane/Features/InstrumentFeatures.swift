import Contracts

/// One instrument's bars, streams and indicators: a value that turns events into closed bars and these into features.
struct InstrumentFeatures {
    let instrument: Instrument
    private var bars: BarBuilder
    /// Of the trades since the last candle, where candles are the source.
    private var flow = TradeFlow()
    var market = MarketFigures()
    private(set) var timeframes: ContiguousArray<Timeframe>
    /// The newest exchange time that any event of the instrument has shown.
    private(set) var exchangeTime: UnixMilliseconds = .min
    private var newestKlineStart: UnixMilliseconds = .min
    private var newestTradeTime: UnixMilliseconds = .min
    /// What is fetched afterwards and not newer has been taken in before the restart.
    private var knownThrough: UnixMilliseconds = .min
    /// When the overdue bar will be closed; nil where nothing waits.
    var closeDeadline: UnixMilliseconds?
    /// The first end of an open longer bar.
    private(set) var longerEnd: UnixMilliseconds = .max
    /// Whether something unusable was seen; such an instrument is left alone, until a restart.
    var isOut = false

    init(_ instrument: Instrument, _ settings: FeatureSettings) {
        self.instrument = instrument
        bars = BarBuilder(barSeconds: settings.barLengthSeconds)
        let base = Timeframe(seconds: settings.barLengthSeconds, isBase: true, settings: settings)
        timeframes = [base]
        for seconds in settings.higherTimeframes {
            timeframes.append(Timeframe(seconds: seconds, isBase: false, settings: settings))
        }
    }

    // MARK: What streams

    @inline(__always)
    mutating func see(_ time: UnixMilliseconds) { if time > exchangeTime { exchangeTime = time } }

    /// Takes a trade in that is nothing special; false, and nothing done, for any other.
    @inline(__always)
    mutating func join(_ trade: borrowing TradeEvent) -> Bool {
        guard !isOut, !trade.isBlockTrade, !trade.isBackfill, trade.price.isPositive, bars.join(trade) else {
            return false
        }
        see(trade.exchangeTime)
        newestTradeTime = max(newestTradeTime, trade.exchangeTime)
        return true
    }

    /// Takes a trade in; gives the bar that it closes.
    mutating func take(
        _ trade: borrowing TradeEvent,
        _ wants: borrowing FeatureWants
    ) throws(FeatureError) -> Bar? {
        see(trade.exchangeTime)
        // A block trade is agreed off the book: neither its price nor its size says anything about it.
        guard !trade.isBlockTrade, !isOut else { return nil }
        guard trade.price.isPositive else { throw .price(instrument, trade.price) }
        if trade.isBackfill, !isNews(trade.exchangeTime, wants) { return nil }
        newestTradeTime = max(newestTradeTime, trade.exchangeTime)
        do throws(NumberError) {
            if wants.candleMinutes == nil { return try bars.add(trade) }
            try flow.add(trade.side, trade.quantity)
            return nil
        } catch {
            throw .volume(instrument)
        }
    }

    /// Whether a trade that is fetched late may count: it must not make the open bar another one, nor count twice.
    private func isNews(_ time: UnixMilliseconds, _ wants: borrowing FeatureWants) -> Bool {
        wants.candleMinutes == nil && time > knownThrough && !bars.isPast(time)
    }

    /// Takes a confirmed candle of the right length in; gives it as a bar if it is new.
    mutating func take(_ kline: borrowing KlineEvent) throws(FeatureError) -> Bar? {
        try accepts(kline) ? bar(of: kline) : nil
    }

    /// Whether a confirmed candle of the right length that starts then is news.
    func isNew(_ start: UnixMilliseconds) -> Bool { start > newestKlineStart && !isOut }

    /// Takes a confirmed candle of the right length in, and tells the features at its end, as `close(_:in:_:tell:)`.
    @inline(__always)
    mutating func close(
        _ kline: borrowing KlineEvent,
        _ wants: borrowing FeatureWants,
        _ values: inout FeatureValues,
        tell: (consuming FeatureSet) -> Void
    ) throws(FeatureError) {
        guard try accepts(kline) else { return }
        try close(bar(of: kline), in: 0, wants, &values, tell: tell)
    }

    /// Notes a candle that is new.
    @inline(__always)
    private mutating func accepts(_ kline: borrowing KlineEvent) throws(FeatureError) -> Bool {
        guard isNew(kline.start) else { return false }
        newestKlineStart = kline.start
        guard kline.low.isPositive else { throw .price(instrument, kline.low) }
        guard kline.close.isPositive else { throw .price(instrument, kline.close) }
        return true
    }

    /// A new candle as a bar, with the flow of the trades since the one before.
    @inline(__always)
    private mutating func bar(of kline: borrowing KlineEvent) -> Bar {
        defer { flow = TradeFlow() }
        return Bar(
            start: kline.start,
            end: kline.start + Int64(kline.minutes) * 60_000,
            open: kline.open,
            high: kline.high,
            low: kline.low,
            close: kline.close,
            volume: kline.volume,
            flow: flow,
            isLive: !kline.isBackfill
        )
    }

    // MARK: What closes

    /// Whether an open bar's end has passed at the exchange and nothing waits to close it yet.
    var isCloseDue: Bool {
        let end = min(bars.current?.end ?? .max, longerEnd)
        return end <= exchangeTime && closeDeadline == nil && !isOut
    }

    /// When the open base bar begins: what ends before it is over.
    var openStart: UnixMilliseconds { bars.current?.start ?? .min }

    mutating func closeOverdueBar() throws(FeatureError) -> Bar? {
        do throws(NumberError) { return try bars.close(at: exchangeTime) } catch { throw .volume(instrument) }
    }

    /// Closes the open bar of a longer timeframe if `time` is past its end.
    mutating func closeLonger(_ frame: Int, at time: UnixMilliseconds) -> Bar? {
        defer { noteLongerEnd() }
        return timeframes[frame].aggregator?.close(at: time)
    }

    /// Joins a base bar to a longer one; gives the longer one if that is complete.
    mutating func join(_ bar: Bar, to frame: Int) throws(FeatureError) -> Bar? {
        defer { noteLongerEnd() }
        do throws(NumberError) {
            return try timeframes[frame].aggregator?.add(bar)
        } catch {
            throw .volume(instrument)
        }
    }

    private mutating func noteLongerEnd() {
        longerEnd = timeframes.reduce(.max) { min($0, $1.aggregator?.current?.end ?? .max) }
    }

    /// Tells the features at the end of `bar`, in one of the timeframes, unless nobody may act on them.
    @inline(__always)
    mutating func close(
        _ bar: Bar,
        in frame: Int,
        _ wants: borrowing FeatureWants,
        _ values: inout FeatureValues,
        tell: (consuming FeatureSet) -> Void
    ) throws(FeatureError) {
        values.begin()
        timeframes[frame].update(bar, &values)
        if wants.streams { timeframes[frame].writeStreams(at: bar, market, &values) }
        if let unusable = values.unusable { throw .notFinite(instrument, feature: unusable.name) }
        guard bar.isLive else { return }
        tell(
            FeatureSet(
                meta: EventMeta(source: .analytics),
                instrument: instrument,
                barSeconds: timeframes[frame].seconds,
                barEnd: bar.end,
                open: bar.open,
                high: bar.high,
                low: bar.low,
                close: bar.close,
                isWarm: values.known.isSuperset(of: wants.required),
                known: values.known,
                figures: values.figures
            )
        )
    }
}

extension InstrumentFeatures: Codable {
    private enum CodingKeys: String, CodingKey {
        case instrument, bars, flow, market, timeframes, exchangeTime, newestKlineStart, newestTradeTime
        case knownThrough, closeDeadline, longerEnd
    }

    /// Goes on after a restart: what is fetched again counts once.
    mutating func resume() { knownThrough = max(knownThrough, newestTradeTime) }

    /// Says of the open bars that are over `now`, after a standstill, that nobody may act on them.
    mutating func markPast(at now: UnixMilliseconds, overdueMilliseconds: Int64) {
        func isOver(_ end: UnixMilliseconds) -> Bool { (closeDeadline ?? end + overdueMilliseconds) < now }
        if let end = bars.current?.end, isOver(end) { bars.markPast() }
        for frame in timeframes.indices {
            guard let end = timeframes[frame].aggregator?.current?.end, isOver(end) else { continue }
            timeframes[frame].aggregator?.markPast()
        }
    }
}
