import Contracts

/// What the market says of the worth of what is held.
extension Portfolio {
    /// Each notes a price and gives the instrument's line; cheap, since most of it is about nothing that is held.
    @inline(__always)
    mutating func note(_ ticker: borrowing TickerEvent) -> Int {
        let line = line(of: ticker.instrument)
        lines[line].marks.note(ticker)
        return line
    }

    @inline(__always)
    mutating func note(_ trade: borrowing TradeEvent) -> Int {
        let line = line(of: trade.instrument)
        lines[line].marks.note(trade)
        return line
    }

    @inline(__always)
    mutating func note(_ candle: borrowing KlineEvent, at now: UnixMilliseconds) -> Int {
        let line = line(of: candle.instrument)
        lines[line].marks.note(candle, at: now)
        return line
    }

    @inline(__always)
    mutating func note(_ delta: borrowing OrderBookDelta) -> Int {
        let line = line(of: delta.instrument)
        lines[line].marks.note(delta)
        return line
    }

    @inline(__always)
    func isMarked(at line: Int) -> Bool { lines[line].isMarked }

    /// Whether a coin is worth something else now, and it is time to tell.
    mutating func revaluesCoin(at line: Int, now: UnixMilliseconds) -> Bool {
        guard let coin = lines[line].valuedCoin, !coins[coin].isDollar,
            let price = lines[line].marks.price, coins[coin].mark != price,
            now - coins[coin].markedAt >= settings.markIntervalMilliseconds
        else { return false }
        coins[coin].tell(price, at: now)
        return true
    }

    /// Values a position anew where its mark has changed and it is time to tell; nil where nothing is to be told.
    mutating func revalue(
        _ index: PositionIndex,
        at line: Int,
        now: UnixMilliseconds
    ) throws(NumberError) -> Int? {
        guard let place = lines[line].places[index], !positions[place].quantity.isZero,
            let price = lines[line].marks.price, positions[place].mark != price,
            now - positions[place].markedAt >= settings.markIntervalMilliseconds
        else { return nil }
        try positions[place].value(at: price, tellingAt: now, model)
        return place
    }
}
