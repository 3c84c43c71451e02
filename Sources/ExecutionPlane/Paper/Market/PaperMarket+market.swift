import Contracts

/// What the market says. Each `note` keeps what must be kept and tells whether anything here could be moved by it.
extension PaperMarket {
    mutating func note(_ trade: borrowing TradeEvent) -> Bool {
        guard terms.mode != .candles, !trade.isBlockTrade, !trade.isBackfill else { return false }
        prices.last = trade.price
        return !isIdle
    }

    /// A trade reaches the orders that rest first; then its price fires what waits for it.
    mutating func take(_ trade: borrowing TradeEvent, into reports: inout PaperReports) throws(NumberError) {
        meet(trade, into: &reports)
        if prices.mark == nil { try liquidateReached(at: trade.price, into: &reports) }
        fireReached(into: &reports)
    }

    mutating func note(_ ticker: borrowing TickerEvent) -> Bool {
        if let mark = ticker.markPrice, mark.isPositive { prices.mark = mark }
        if let index = ticker.indexPrice, index.isPositive { prices.index = index }
        if terms.mode == .book, let last = ticker.lastPrice, last.isPositive { prices.last = last }
        return !isIdle || ticker.exchangeTime >= funding.nextTime
    }

    mutating func take(_ ticker: borrowing TickerEvent, into reports: inout PaperReports) throws(NumberError)
    {
        try settleFunding(at: ticker.exchangeTime, into: &reports)
        guard !isIdle else { return }
        if let price = prices.mark ?? prices.last { try liquidateReached(at: price, into: &reports) }
        fireReached(into: &reports)
    }

    mutating func note(_ delta: borrowing OrderBookDelta) -> Bool {
        guard terms.mode == .book else { return false }
        if delta.isSnapshot, book == nil { book = OrderBook(depth: delta.depth) }
        book?.apply(delta)
        return !orders.isEmpty
    }

    mutating func take(_ delta: borrowing OrderBookDelta, into reports: inout PaperReports) {
        meetBook(at: delta.exchangeTime, into: &reports)
    }

    @inline(__always)
    mutating func note(_ kline: borrowing KlineEvent) -> Bool {
        guard !kline.isBackfill else { return false }
        let time = kline.isConfirmed ? kline.end : kline.start
        guard terms.mode == .candles else { return time >= funding.nextTime }
        guard bar.take(kline) else { return false }
        prices.last = kline.close
        return !isIdle || time >= funding.nextTime
    }

    /// Funding comes before anything is filled at the same instant.
    mutating func take(_ step: PaperBar.Step, into reports: inout PaperReports) throws(NumberError) {
        try settleFunding(at: step.time, into: &reports)
        guard terms.mode == .candles, !isIdle else { return }
        if step.isClose {
            try close(step, into: &reports)
        } else {
            try open(at: step.close, into: &reports)
        }
    }

    /// Takes over a position from the books, as they are restored; `underWay` is what they have not been told yet.
    mutating func take(
        _ update: borrowing PositionUpdate,
        underWay: Quantity,
        into reports: inout PaperReports
    )
        throws(NumberError)
    {
        guard !moved[update.positionIndex] else { return }
        try positions[update.positionIndex].adopt(
            update.quantity.adding(underWay),
            entryPrice: update.entryPrice,
            category,
            terms,
            tick: tick
        )
        isAtRisk = positions.contains { $0.liquidationPrice != nil }
        settle(update.positionIndex, into: &reports)
    }
}

/// The hot path: the place of the market that an event could move anything in; nil where it only had to be noted.
extension InstrumentTable<PaperMarket> {
    @inline(__always)
    mutating func place(of instrument: Instrument, _ terms: PaperTerms) -> Int {
        place(of: instrument, orAdd: PaperMarket(instrument, terms))
    }

    @inline(__always)
    mutating func note(_ trade: borrowing TradeEvent, _ terms: PaperTerms) -> Int? {
        let place = place(of: trade.instrument, terms)
        return self[place].note(trade) ? place : nil
    }

    @inline(__always)
    mutating func note(_ ticker: borrowing TickerEvent, _ terms: PaperTerms) -> Int? {
        let place = place(of: ticker.instrument, terms)
        return self[place].note(ticker) ? place : nil
    }

    @inline(__always)
    mutating func note(_ delta: borrowing OrderBookDelta, _ terms: PaperTerms) -> Int? {
        let place = place(of: delta.instrument, terms)
        return self[place].note(delta) ? place : nil
    }

    @inline(__always)
    mutating func note(_ kline: borrowing KlineEvent, _ terms: PaperTerms) -> Int? {
        let place = place(of: kline.instrument, terms)
        return self[place].note(kline) ? place : nil
    }
}
