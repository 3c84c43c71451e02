import NIOCore

/// Everything known about one symbol of one product line, kept up to date and told to whoever listens.
///
/// Confined to the exchange's event loop.
final class SymbolMarket {
    static let recentTradesMax = 1000
    static let heldMax = 20_000

    private(set) var spec: InstrumentSpec
    let category: Category
    private(set) var book = LevelBook()
    private(set) var recentTrades = CircularBuffer<Trade>()
    var series = KlineInterval.allCases.map { CandleSeries(interval: $0) }
    private(set) var sequence: UInt64 = 0
    private(set) var bookTimeMs: Int64 = 0
    private(set) var figures: MarketFigures?
    private(set) var log = SymbolLog()
    private(set) var tradeCount: UInt64 = 0
    private(set) var lastTradeID = ""
    /// What instruments-info says: `Trading`, or `Closed` during maintenance.
    var status = "Trading"

    var feeds: [DepthFeed]
    var board = TickerBoard()
    var recordedTicker: [TickerField] = []
    var recordedKlines: Set<KlineInterval> = []
    var hasRecordedLimits = false
    /// The deepest book a recording has; shallower ones say nothing new of the book.
    private var recordedDepth = 0
    /// The text of the recorded message that is applied; it is sent in place of one made here.
    var passing: ByteBuffer?
    var lastPrice: Fixed?
    var direction = TickDirection.zeroPlus
    var closedDay: DayFigures?
    var tickerMs: Int64 = 0
    var clockMs: Int64 = 0
    var limitMs: Int64 = 0
    var limits: PriceLimits?
    var liquidationMs: Int64 = 0
    private var liquidations: [Liquidation] = []
    var isInvented = false
    private var isFrozen = false
    private var held: [(audience: Audience, message: ByteBuffer)] = []
    let candleGraceMs: Int64
    let stamps: StampClock
    let audiences: SymbolAudiences
    let desk: SubscriptionDesk

    /// `candleGraceMs` is how long after its end a candle waits for late trades before time alone closes it.
    init(
        spec: InstrumentSpec,
        category: Category,
        candleGraceMs: Int64,
        stamps: StampClock,
        desk: SubscriptionDesk
    ) {
        var spec = spec
        spec.category = category
        self.spec = spec
        (self.category, self.candleGraceMs, self.stamps, self.desk) = (category, candleGraceMs, stamps, desk)
        audiences = SymbolAudiences(spec: spec, category: category, desk: desk)
        let firstID = SeededRandom.seed(0, for: spec.symbol) % 1_000_000
        feeds = category.bookDepths.map { DepthFeed(depth: $0, firstUpdateID: 100_000 + firstID) }
        leaveBooksToRecording()
    }

    var encoder: PushEncoder { PushEncoder(spec: spec, stamps: stamps) }
    var source: DepthFeed.Source {
        DepthFeed.Source(book: book, sequence: sequence, engineMs: bookTimeMs)
    }

    func relist(_ spec: InstrumentSpec) {
        self.spec.refine(with: spec)
        leaveBooksToRecording()
    }

    private func leaveBooksToRecording() {
        recordedDepth = max(recordedDepth, spec.recordedDepths.max() ?? 0)
        for index in feeds.indices where spec.recordedDepths.contains(feeds[index].depth) {
            feeds[index].leaveToRecording()
        }
    }

    // MARK: What happens

    func apply(_ update: BookUpdate) {
        let isShallow = update.recorded.map { $0.depth < recordedDepth } ?? false
        if !isShallow { book.apply(update) }
        sequence = max(sequence, update.sequence)
        bookTimeMs = update.engineMs
        for index in feeds.indices {
            let push: DepthFeed.Push?
            if let recorded = update.recorded, recorded.depth == feeds[index].depth {
                push = feeds[index].passOn(update, updateID: recorded.updateID, source: source)
                // A fault may have changed it, or lost it.
                if let passing, let push, push.bids.count == update.bids.count {
                    count(push, feed: index)
                    send(passing, to: audiences.books[index])
                    continue
                }
            } else if feeds[index].isAwake, !feeds[index].isRecorded, !isShallow, !isFrozen {
                push = feeds[index].push(source, replacing: update.isSnapshot, atMs: update.timeMs)
            } else {
                push = nil
            }
            if let push { publish(push, feed: index, timeMs: update.timeMs) }
        }
    }

    func apply(_ batch: TradeBatch) {
        var directions: [TickDirection] = []
        for trade in batch.trades {
            if let lastPrice { direction = direction.next(from: lastPrice, to: trade.price) }
            directions.append(direction)
            lastPrice = trade.price
            sequence = max(sequence, trade.sequence)
            recentTrades.append(trade)
            if recentTrades.count > SymbolMarket.recentTradesMax { recentTrades.removeFirst() }
            let piece = Candle(trade, of: spec)
            for index in series.indices {
                publishClosed(series[index].absorb(piece), at: index, timeMs: batch.timeMs)
            }
        }
        let audience = audiences.trades
        guard !audience.isEmpty, !batch.trades.isEmpty else { return }
        let message = passing ?? encoder.trades(batch, directions: directions, figures: figures)
        let told = UInt64(audience.count)
        desk.counts.tradeMessages += told
        desk.counts.trades += told * UInt64(batch.trades.count)
        tradeCount += told * UInt64(batch.trades.count)
        lastTradeID = batch.trades.last?.id ?? lastTradeID
        send(message, to: audience)
    }

    func apply(_ figures: MarketFigures, timeMs: Int64) {
        if self.figures == nil, isInvented {
            let minutes = Array(series[0].closed)
            let seed = SeededRandom.seed(3, for: spec.name)
            log.invent(before: figures, timeMs: timeMs, minutes: minutes, seed: seed)
        }
        log.note(figures, after: self.figures, timeMs: timeMs)
        self.figures = figures
    }

    func applyTicker(_ fields: [TickerField], isSnapshot: Bool, sequence: UInt64, timeMs: Int64) {
        if isSnapshot { recordedTicker = [] }
        for field in fields {
            if let known = recordedTicker.firstIndex(where: { $0.name == field.name }) {
                recordedTicker[known] = field
            } else {
                recordedTicker.append(field)
            }
        }
        self.sequence = max(self.sequence, sequence)
        tickerMs = 0
        guard let passing else { return publishTicker(timeMs: timeMs) }
        tickerMs = timeMs
        if board.isAwake { _ = board.push(tickerFields(), sequence: sequence) }
        desk.counts.tickers += UInt64(audiences.ticker.count)
        send(passing, to: audiences.ticker)
    }

    /// A push of a recording whose content is not followed here; what it is about is no longer made here.
    func pass(_ message: ByteBuffer, as topic: Topic) {
        switch topic {
        case .kline(let interval, _):
            recordedKlines.insert(interval)
            desk.counts.klines += UInt64(audiences.kline(interval).count)
            send(message, to: audiences.kline(interval))
        case .liquidation:
            desk.counts.liquidations += UInt64(audiences.liquidations.count)
            send(message, to: audiences.liquidations)
        case .priceLimit:
            hasRecordedLimits = true
            desk.counts.others += UInt64(audiences.priceLimit.count)
            send(message, to: audiences.priceLimit)
        default: break
        }
    }

    /// Takes forced closures; subscribers hear of them twice a second.
    func apply(_ liquidations: [Liquidation]) {
        self.liquidations += liquidations
        if self.liquidations.count > SymbolMarket.heldMax {
            self.liquidations.removeFirst(self.liquidations.count - SymbolMarket.heldMax)
        }
    }

    /// Hands out the liquidations gathered since the last push.
    func takeLiquidations() -> [Liquidation] {
        defer { liquidations.removeAll(keepingCapacity: true) }
        return liquidations
    }

    // MARK: Faults

    /// Stands still towards the outside: books catch up at the end, trades come late but whole.
    func freeze() {
        isFrozen = true
    }

    func thaw() {
        guard isFrozen else { return }
        isFrozen = false
        for (audience, message) in held { audience.publish(message) }
        held = []
    }

    var isStill: Bool { isFrozen }

    // MARK: Sending

    /// Sends at once, or after the freeze.
    func send(_ message: ByteBuffer, to audience: Audience) {
        desk.counts.bytes += UInt64(message.readableBytes) * UInt64(audience.count)
        guard isFrozen else { return audience.publish(message) }
        if held.count < SymbolMarket.heldMax { held.append((audience, message)) }
    }

    private func count(_ push: DepthFeed.Push, feed index: Int) {
        let told = UInt64(audiences.books[index].count)
        if push.isSnapshot {
            desk.counts.bookSnapshots += told
        } else {
            desk.counts.bookDeltas += told
        }
    }

    func publish(_ push: DepthFeed.Push, feed index: Int, timeMs: Int64) {
        let audience = audiences.books[index]
        guard !audience.isEmpty else { return }
        count(push, feed: index)
        send(encoder.book(push, depth: feeds[index].depth, timeMs: timeMs), to: audience)
    }
}

/// The audiences of one symbol's topics, looked up once.
struct SymbolAudiences {
    let ticker: Audience
    let trades: Audience
    let books: [Audience]
    let liquidations: Audience
    let priceLimit: Audience
    private let klines: [Audience]

    /// Options tell of trades by base coin, so all of a base share that audience.
    init(spec: InstrumentSpec, category: Category, desk: SubscriptionDesk) {
        func audience(_ topic: Topic) -> Audience {
            desk.audience(Subscription(topic, category: category))
        }
        let symbol = spec.symbol
        ticker = audience(.ticker(symbol))
        trades = audience(.trade(category == .option ? spec.coins.base : symbol))
        books = category.bookDepths.map { audience(.book(depth: $0, symbol)) }
        liquidations = audience(.liquidation(symbol))
        priceLimit = audience(.priceLimit(symbol))
        klines = KlineInterval.allCases.map { audience(.kline($0, symbol)) }
    }

    func kline(_ interval: KlineInterval) -> Audience {
        klines[KlineInterval.allCases.firstIndex(of: interval) ?? 0]
    }

    func kline(at index: Int) -> Audience { klines[index] }
}
