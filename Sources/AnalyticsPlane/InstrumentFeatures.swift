import Contracts

/// One instrument's indicators, book and flow: a value that turns bars into features.
struct InstrumentFeatures {
    private let settings: FeatureSettings
    private var emaFast: EMA
    private var emaSlow: EMA
    private var atr: ATR
    private var volatility: RollingVolatility
    private var previousClose: Double?
    private var book: OrderBook?
    private var spread = 0.0
    private var imbalance = 0.0
    private var flow = TradeFlow()
    /// The closed bar's flow, where the trade that closed it has already begun the next one's.
    private var closedFlow: Double?
    private(set) var bars: BarBuilder
    /// The newest exchange time that any event of the instrument has shown.
    private(set) var exchangeTime: UnixMilliseconds = .min
    private var newestKlineStart: UnixMilliseconds = .min
    /// Whether the open bar has anything in it that was not fetched afterwards.
    private var isOpenBarLive = false
    /// The same of the bar that was closed last: one of the past warms up, but is nothing to act on.
    private(set) var isClosedBarLive = false
    /// Whether something unusable was seen; such an instrument is left alone.
    var isOut = false
    /// Whether a timer waits to close the open bar.
    var isCloseScheduled = false

    init(settings: FeatureSettings) {
        self.settings = settings
        emaFast = EMA(length: settings.emaFastBars)
        emaSlow = EMA(length: settings.emaSlowBars)
        atr = ATR(length: settings.atrBars)
        volatility = RollingVolatility(length: settings.volatilityBars)
        bars = BarBuilder(barSeconds: settings.barSeconds)
    }

    /// Whether the open bar's end has passed at the exchange and nothing waits to close it yet.
    var needsClose: Bool {
        guard let bar = bars.current else { return false }
        return bar.end <= exchangeTime && !isCloseScheduled && !isOut
    }

    mutating func see(_ time: UnixMilliseconds) { exchangeTime = max(exchangeTime, time) }

    mutating func take(_ delta: borrowing OrderBookDelta) {
        see(delta.exchangeTime)
        if delta.isSnapshot { book = book ?? OrderBook(depth: delta.depth) }
        book?.apply(delta)
    }

    /// Takes a trade in; gives the bar that it closes.
    mutating func take(_ trade: borrowing TradeEvent) throws(FeatureError) -> Bar? {
        see(trade.exchangeTime)
        // A block trade is agreed off the book: neither its price nor its size says anything about it.
        guard !trade.isBlockTrade else { return nil }
        try check(trade.price, of: trade.instrument)
        var closed: Bar?
        if settings.source == .trades {
            // What is fetched late must not make the open bar another one.
            if trade.isBackfill, bars.isPast(trade.exchangeTime) { return nil }
            closed = bars.add(trade.price, at: trade.exchangeTime)
            if closed != nil { noteClosedBar() }
            if !trade.isBackfill { isOpenBarLive = true }
        }
        closedFlow = closed == nil ? nil : flow.take()
        if !trade.isBackfill { flow.add(trade.side, trade.quantity) }
        return closed
    }

    mutating func closeOverdueBar() -> Bar? {
        guard let bar = bars.close(at: exchangeTime) else { return nil }
        noteClosedBar()
        return bar
    }

    private mutating func noteClosedBar() {
        isClosedBarLive = isOpenBarLive
        isOpenBarLive = false
    }

    /// Takes a candle in; gives it as a bar if it is confirmed, of the right length and new.
    mutating func take(_ kline: borrowing KlineEvent) throws(FeatureError) -> Bar? {
        guard case .klines(let minutes) = settings.source, kline.minutes == minutes, kline.isConfirmed,
            kline.start > newestKlineStart
        else { return nil }
        newestKlineStart = kline.start
        isClosedBarLive = !kline.isBackfill
        try check(kline.low, of: kline.instrument)
        return Bar(
            start: kline.start,
            end: kline.start + Int64(minutes) * 60_000,
            open: kline.open,
            high: kline.high,
            low: kline.low,
            close: kline.close
        )
    }

    /// The features at the end of `bar`.
    mutating func close(_ bar: Bar, of instrument: Instrument) throws(FeatureError) -> FeatureSet {
        let close = bar.close.approximate
        var barReturn = 0.0
        emaFast.add(close)
        emaSlow.add(close)
        atr.add(high: bar.high.approximate, low: bar.low.approximate, close: close)
        if let previousClose {
            volatility.add(logReturn: LogReturn.of(close, over: previousClose))
            barReturn = close / previousClose - 1
        }
        previousClose = close
        readBook()
        let values = [
            emaFast.estimate, emaSlow.estimate, atr.estimate, spread, imbalance, volatility.estimate,
            barReturn,
            closedFlow ?? flow.take(),
        ]
        closedFlow = nil
        if let index = values.firstIndex(where: { !$0.isFinite }) {
            throw .notFinite(instrument, feature: Feature.allCases[index].name)
        }
        return FeatureSet(
            meta: EventMeta(source: .analytics),
            instrument: instrument,
            barSeconds: settings.barLengthSeconds,
            barEnd: bar.end,
            close: bar.close,
            high: bar.high,
            low: bar.low,
            isWarm: isWarm,
            values: values
        )
    }

    private var isWarm: Bool {
        emaFast.value != nil && emaSlow.value != nil && atr.value != nil && volatility.value != nil
    }

    /// A book that is empty or crossed says nothing: what was known before stays.
    private mutating func readBook() {
        guard let book, book.isUsable, let bid = book.bestBid, let ask = book.bestAsk else { return }
        let (bidPrice, askPrice) = (bid.price.approximate, ask.price.approximate)
        spread = (askPrice - bidPrice) / ((askPrice + bidPrice) / 2)
        let bids = book.bids.suffix(settings.imbalanceLevels).reduce(0) { $0 + $1.size.approximate }
        let asks = book.asks.suffix(settings.imbalanceLevels).reduce(0) { $0 + $1.size.approximate }
        imbalance = bids + asks > 0 ? (bids - asks) / (bids + asks) : 0
    }

    private func check(_ price: Price, of instrument: Instrument) throws(FeatureError) {
        guard price.isPositive else { throw .price(instrument, price) }
    }
}
