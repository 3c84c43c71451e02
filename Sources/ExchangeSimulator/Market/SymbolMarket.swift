import NIOCore

/// Everything known about one symbol, kept up to date and told to whoever listens.
struct SymbolMarket {
    static let recentTradesMax = 1000
    static let tickerPauseMs: Int64 = 100
    static let klinePauseMs: Int64 = 1000
    static let lookPauseMs: Int64 = 20
    static let levelOneRepeatMs: Int64 = 3000

    private(set) var spec: InstrumentSpec
    private(set) var book = LevelBook()
    private(set) var recentTrades = CircularBuffer<Trade>()
    private(set) var series = KlineInterval.allCases.map(CandleSeries.init(interval:))
    private(set) var sequence: UInt64 = 0
    private(set) var bookTimeMs: Int64 = 0

    private var feeds: [DepthFeed]
    private var linearBoard = TickerBoard()
    private var spotBoard = TickerBoard()
    private var figures: MarketFigures?
    private var recordedTicker: [TickerField] = []
    private var recordedKlines: Set<KlineInterval> = []
    private var lastPrice: Fixed?
    private var direction = TickDirection.zeroPlus
    private var closedDay: DayFigures?
    private var tickerMs: Int64 = 0
    private var clockMs: Int64 = 0
    private let candleGraceMs: Int64
    private let desk: SubscriptionDesk

    /// `candleGraceMs` is how long after its end a candle waits for late trades before time alone closes it.
    init(spec: InstrumentSpec, candleGraceMs: Int64, desk: SubscriptionDesk) {
        self.spec = spec
        self.candleGraceMs = candleGraceMs
        self.desk = desk
        let firstID = SeededRandom.seed(0, for: spec.symbol) % 1_000_000
        feeds = Topic.bookDepths.map { DepthFeed(depth: $0, firstUpdateID: 100_000 + firstID) }
    }

    /// Update id of the deepest book topic, the one REST speaks of.
    var fullUpdateID: UInt64 { feeds[feeds.count - 1].updateID }

    private var encoder: PushEncoder { PushEncoder(spec: spec) }

    mutating func relist(_ spec: InstrumentSpec) {
        self.spec.refine(priceDecimals: spec.priceDecimals, quantityDecimals: spec.quantityDecimals)
    }

    mutating func remember(_ history: [Candle]) {
        for minute in history {
            for index in series.indices { _ = series[index].absorb(minute) }
            lastPrice = minute.close
        }
        // What ended with the history is past; nobody shall be told of it later.
        if let last = history.last {
            for index in series.indices { _ = series[index].advance(toMs: last.startMs + 60_000) }
        }
        sumDay()
    }

    // MARK: What happens

    mutating func apply(_ update: BookUpdate) {
        book.apply(update)
        sequence = max(sequence, update.sequence)
        bookTimeMs = update.engineMs
        for index in feeds.indices {
            let push: DepthFeed.Push?
            if let recorded = update.recorded, recorded.depth == feeds[index].depth {
                push = feeds[index].passOn(update, updateID: recorded.updateID, book: book)
            } else if feeds[index].isAwake {
                push = feeds[index].push(book, replacing: update.isSnapshot, atMs: update.timeMs)
            } else {
                push = nil
            }
            if let push {
                publish(push, depth: feeds[index].depth, timeMs: update.timeMs, engineMs: update.engineMs)
            }
        }
    }

    mutating func apply(_ batch: TradeBatch) {
        var directions: [TickDirection] = []
        for trade in batch.trades {
            if let lastPrice { direction = direction.next(from: lastPrice, to: trade.price) }
            directions.append(direction)
            lastPrice = trade.price
            sequence = max(sequence, trade.sequence)
            recentTrades.append(trade)
            if recentTrades.count > SymbolMarket.recentTradesMax { recentTrades.removeFirst() }
            let piece = Candle(trade)
            for index in series.indices {
                publishClosed(series[index].absorb(piece), at: index, timeMs: batch.timeMs)
            }
        }
        for category in [Category.linear, .spot] {
            let subscription = Subscription(.trade(spec.symbol), category: category)
            guard desk.isWanted(subscription) else { continue }
            let isSpot = category == .spot
            desk.publish(encoder.trades(batch, directions: directions, isSpot: isSpot), to: subscription)
        }
    }

    mutating func apply(_ figures: MarketFigures) {
        self.figures = figures
    }

    mutating func applyTicker(_ fields: [TickerField], isSnapshot: Bool, sequence: UInt64, timeMs: Int64) {
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
        publishTickers(timeMs: timeMs)
    }

    /// A candle push of a recording: candles of this length are no longer made here.
    mutating func passOn(_ text: String, interval: KlineInterval) {
        recordedKlines.insert(interval)
        let subscription = Subscription(.kline(interval, spec.symbol), category: .linear)
        guard desk.isWanted(subscription) else { return }
        desk.publish(ByteBuffer(string: text), to: subscription)
    }

    /// Lets time do what time does: close candles, push what changed, repeat a quiet top of the book.
    mutating func advance(toMs timeMs: Int64) {
        let isNewMinute = (timeMs - candleGraceMs) / 60_000 != (clockMs - candleGraceMs) / 60_000
        guard isNewMinute || timeMs - clockMs >= SymbolMarket.lookPauseMs else { return }
        clockMs = timeMs
        for index in series.indices {
            publishClosed(series[index].advance(toMs: timeMs - candleGraceMs), at: index, timeMs: timeMs)
            if series[index].isDirty, timeMs - series[index].lastPushMs >= SymbolMarket.klinePauseMs {
                series[index].markPushed(atMs: timeMs)
                guard let candle = series[index].current else { continue }
                publish(candle, interval: series[index].interval, isClosed: false, timeMs: timeMs)
            }
        }
        publishTickers(timeMs: timeMs)
        if feeds[0].isAwake, timeMs - feeds[0].lastPushMs >= SymbolMarket.levelOneRepeatMs,
            book.bestBid != nil
        {
            let push = feeds[0].repeated(atMs: timeMs)
            publish(push, depth: 1, timeMs: timeMs, engineMs: bookTimeMs)
        }
    }

    /// Loses the next delta of every book topic, so that its update ids have a hole.
    mutating func loseNextBookUpdate() {
        for index in feeds.indices where feeds[index].hasDeltas { feeds[index].losesNext = true }
    }

    // MARK: Who listens

    /// What a new listener gets first; wakes the topic if it was the only one.
    mutating func opening(_ subscription: Subscription, timeMs: Int64) -> ByteBuffer? {
        switch subscription.topic {
        case .trade: return nil
        case .book(let depth, _):
            guard let index = feeds.firstIndex(where: { $0.depth == depth }) else { return nil }
            feeds[index].wake(book)
            guard !feeds[index].bids.isEmpty || !feeds[index].asks.isEmpty else { return nil }
            let push = DepthFeed.Push(
                isSnapshot: true,
                bids: feeds[index].bids,
                asks: feeds[index].asks,
                updateID: feeds[index].updateID,
                isLost: false
            )
            let engineMs = bookTimeMs
            return encoder.book(push, depth: depth, timeMs: timeMs, engineMs: engineMs, sequence: sequence)
        case .kline(let interval, _):
            guard let candle = series.first(where: { $0.interval == interval })?.current,
                !recordedKlines.contains(interval)
            else { return nil }
            return encoder.kline(candle, interval: interval, isClosed: false, timeMs: timeMs)
        case .ticker:
            let fields = tickerFields(isSpot: subscription.isSpot)
            if subscription.isSpot {
                spotBoard.wake(fields, sequence: sequence)
            } else {
                linearBoard.wake(fields, sequence: sequence)
            }
            let board = subscription.isSpot ? spotBoard : linearBoard
            guard !board.known.isEmpty else { return nil }
            return encoder.ticker(
                board.known,
                isSnapshot: true,
                isSpot: subscription.isSpot,
                sequence: board.sequence,
                timeMs: timeMs
            )
        }
    }

    /// Nobody listens to this topic any more.
    mutating func abandon(_ subscription: Subscription) {
        switch subscription.topic {
        case .trade, .kline: break
        case .book(let depth, _):
            if let index = feeds.firstIndex(where: { $0.depth == depth }) { feeds[index].sleep() }
        case .ticker:
            if subscription.isSpot { spotBoard.sleep() } else { linearBoard.sleep() }
        }
    }

    func tickerFields(isSpot: Bool) -> [TickerField] {
        if !recordedTicker.isEmpty { return recordedTicker }
        let state = TickerState(
            spec: spec,
            last: lastPrice,
            direction: direction,
            day: day(),
            figures: figures,
            bestBid: book.bestBid,
            bestAsk: book.bestAsk
        )
        return isSpot ? state.spotFields() : state.linearFields()
    }

    // MARK: Private

    private func publish(_ push: DepthFeed.Push, depth: Int, timeMs: Int64, engineMs: Int64) {
        let subscription = Subscription(.book(depth: depth, spec.symbol), category: .linear)
        guard !push.isLost, desk.isWanted(subscription) else { return }
        let message = encoder.book(push, depth: depth, timeMs: timeMs, engineMs: engineMs, sequence: sequence)
        desk.publish(message, to: subscription)
    }

    private func publish(_ candle: Candle, interval: KlineInterval, isClosed: Bool, timeMs: Int64) {
        let subscription = Subscription(.kline(interval, spec.symbol), category: .linear)
        guard desk.isWanted(subscription), !recordedKlines.contains(interval) else { return }
        desk.publish(
            encoder.kline(candle, interval: interval, isClosed: isClosed, timeMs: timeMs),
            to: subscription
        )
    }

    private mutating func publishClosed(_ candles: [Candle], at index: Int, timeMs: Int64) {
        guard !candles.isEmpty else { return }
        for candle in candles {
            publish(candle, interval: series[index].interval, isClosed: true, timeMs: timeMs)
        }
        if series[index].interval == .minute1 { sumDay() }
    }

    private mutating func publishTickers(timeMs: Int64) {
        guard timeMs - tickerMs >= SymbolMarket.tickerPauseMs else { return }
        tickerMs = timeMs
        if linearBoard.isAwake, let push = linearBoard.push(tickerFields(isSpot: false), sequence: sequence) {
            let message = encoder.ticker(
                push.fields,
                isSnapshot: push.isSnapshot,
                isSpot: false,
                sequence: sequence,
                timeMs: timeMs
            )
            desk.publish(message, to: Subscription(.ticker(spec.symbol), category: .linear))
        }
        let spotFields = spotBoard.isAwake ? tickerFields(isSpot: true) : []
        if spotBoard.push(spotFields, sequence: sequence) != nil {
            let message = encoder.ticker(
                spotFields,
                isSnapshot: true,
                isSpot: true,
                sequence: sequence,
                timeMs: timeMs
            )
            desk.publish(message, to: Subscription(.ticker(spec.symbol), category: .spot))
        }
    }

    private mutating func sumDay() {
        guard let oldest = series[0].closed.first else { return }
        let minutes = series[0].closed
        let hourAgo =
            minutes.count > 60 ? minutes[minutes.index(minutes.endIndex, offsetBy: -60)].open : oldest.open
        var sums = DayFigures(
            open: oldest.open,
            high: oldest.high,
            low: oldest.low,
            hourAgo: hourAgo,
            volume: 0,
            turnover: 0
        )
        for minute in minutes {
            sums.high = max(sums.high, minute.high)
            sums.low = min(sums.low, minute.low)
            sums.volume += minute.volume
            sums.turnover += minute.turnover
        }
        closedDay = sums
    }

    private func day() -> DayFigures? {
        guard let current = series[0].current else { return closedDay }
        var sums =
            closedDay
            ?? DayFigures(
                open: current.open,
                high: current.high,
                low: current.low,
                hourAgo: current.open,
                volume: 0,
                turnover: 0
            )
        sums.high = max(sums.high, current.high)
        sums.low = min(sums.low, current.low)
        sums.volume += current.volume
        sums.turnover += current.turnover
        return sums
    }
}
