import NIOCore

/// The highest bid and the lowest ask the exchange takes.
struct PriceLimits: Equatable {
    let highestBid: Fixed
    let lowestAsk: Fixed
}

/// What time alone does to a market: candles end, pushes that had to wait go out, a quiet top is repeated.
extension SymbolMarket {
    static let klinePauseMs: Int64 = 1000
    static let lookPauseMs: Int64 = 20
    static let levelOneRepeatMs: Int64 = 3000
    static let liquidationPauseMs: Int64 = 500
    static let priceLimitPauseMs: Int64 = 300

    /// Derivatives and options every 100 ms, spot every 50 ms.
    private var tickerPauseMs: Int64 { category == .spot ? 50 : 100 }

    func advance(toMs timeMs: Int64) {
        let isNewMinute = (timeMs - candleGraceMs) / 60_000 != (clockMs - candleGraceMs) / 60_000
        guard isNewMinute || timeMs - clockMs >= SymbolMarket.lookPauseMs else { return }
        clockMs = timeMs
        for index in series.indices {
            publishClosed(series[index].advance(toMs: timeMs - candleGraceMs), at: index, timeMs: timeMs)
            guard series[index].isDirty, !isStill,
                timeMs - series[index].lastPushMs >= SymbolMarket.klinePauseMs
            else { continue }
            series[index].markPushed(atMs: timeMs)
            guard let candle = series[index].current else { continue }
            publish(candle, at: index, isClosed: false, timeMs: timeMs)
        }
        guard !isStill else { return }
        publishTicker(timeMs: timeMs)
        for index in feeds.indices where feeds[index].isDue(atMs: timeMs) {
            if let push = feeds[index].push(source, replacing: false, atMs: timeMs) {
                publish(push, feed: index, timeMs: timeMs)
            }
        }
        if feeds[0].depth == 1, feeds[0].isAwake, !feeds[0].isRecorded, book.bestBid != nil,
            timeMs - feeds[0].lastPushMs >= SymbolMarket.levelOneRepeatMs
        {
            publish(feeds[0].repeated(atMs: timeMs), feed: 0, timeMs: timeMs)
        }
        if timeMs - liquidationMs >= SymbolMarket.liquidationPauseMs { publishLiquidations(timeMs: timeMs) }
        if timeMs - limitMs >= SymbolMarket.priceLimitPauseMs { publishLimits(timeMs: timeMs) }
    }

    func publishClosed(_ candles: [Candle], at index: Int, timeMs: Int64) {
        guard !candles.isEmpty else { return }
        for candle in candles { publish(candle, at: index, isClosed: true, timeMs: timeMs) }
        if index == 0 { sumDay() }
    }

    func publishTicker(timeMs: Int64) {
        guard board.isAwake, timeMs - tickerMs >= tickerPauseMs else { return }
        tickerMs = timeMs
        let fields = tickerFields()
        guard let push = board.push(fields, sequence: sequence) else { return }
        desk.counts.tickers += UInt64(audiences.ticker.count)
        let isWhole = push.isSnapshot || !category.isPerpetual
        let told = isWhole ? fields : push.fields
        send(
            encoder.ticker(told, isSnapshot: isWhole, sequence: sequence, timeMs: timeMs),
            to: audiences.ticker
        )
    }

    func tickerFields() -> [TickerField] {
        recordedTicker.isEmpty ? tickerState().fields() : recordedTicker
    }

    func tickerState() -> TickerState {
        TickerState(
            spec: spec,
            last: lastPrice,
            direction: direction,
            day: day(),
            figures: figures,
            bestBid: book.bestBid,
            bestAsk: book.bestAsk
        )
    }

    /// One per cent round the mark, else round the middle of the book; nil before there is either.
    func currentLimits() -> PriceLimits? {
        let middle = figures?.mark ?? lastPrice ?? book.bestBid?.price
        guard let middle, category != .option else { return nil }
        let tick = spec.tick.units
        return PriceLimits(
            highestBid: Fixed(units: middle.units / 100 * 101 / tick * tick),
            lowestAsk: Fixed(units: middle.units / 100 * 99 / tick * tick)
        )
    }

    /// Sums the last day's finished minutes.
    func sumDay() {
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

    // MARK: Private

    private func publish(_ candle: Candle, at index: Int, isClosed: Bool, timeMs: Int64) {
        let audience = audiences.kline(at: index)
        let interval = series[index].interval
        guard !audience.isEmpty, !recordedKlines.contains(interval) else { return }
        desk.counts.klines += UInt64(audience.count)
        if isClosed { desk.counts.closedKlines += UInt64(audience.count) }
        send(
            encoder.kline(candle, interval: interval, isClosed: isClosed, timeMs: timeMs),
            to: audience
        )
    }

    private func publishLiquidations(timeMs: Int64) {
        liquidationMs = timeMs
        let gathered = takeLiquidations()
        guard !gathered.isEmpty, !audiences.liquidations.isEmpty else { return }
        desk.counts.liquidations += UInt64(audiences.liquidations.count)
        send(encoder.liquidations(gathered, timeMs: timeMs), to: audiences.liquidations)
    }

    private func publishLimits(timeMs: Int64) {
        guard !audiences.priceLimit.isEmpty, !hasRecordedLimits, let fresh = currentLimits() else { return }
        limitMs = timeMs
        guard fresh != limits else { return }
        limits = fresh
        desk.counts.others += UInt64(audiences.priceLimit.count)
        send(encoder.priceLimit(fresh, timeMs: timeMs), to: audiences.priceLimit)
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
