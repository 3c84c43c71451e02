import Contracts

/// What the market says of the worth of what is held.
extension Portfolio {
    /// Notes a price, as the others below do; the instrument's line where that may have to be told.
    ///
    /// Cheap, since most of what the market says is about nothing that is held.
    @inline(__always)
    mutating func note(_ ticker: borrowing TickerEvent) -> Int? {
        let line = line(of: ticker.instrument)
        lines[line].marks.note(ticker)
        return isToldOf(line, at: ticker.meta.ts) ? line : nil
    }

    @inline(__always)
    mutating func note(_ trade: borrowing TradeEvent) -> Int? {
        let line = line(of: trade.instrument)
        lines[line].marks.note(trade)
        return isToldOf(line, at: trade.meta.ts) ? line : nil
    }

    @inline(__always)
    mutating func note(_ candle: borrowing KlineEvent) -> Int? {
        let line = line(of: candle.instrument)
        lines[line].marks.note(candle)
        return isToldOf(line, at: candle.meta.ts) ? line : nil
    }

    @inline(__always)
    mutating func note(_ delta: borrowing OrderBookDelta) -> Int? {
        let line = line(of: delta.instrument)
        lines[line].marks.note(delta)
        return isToldOf(line, at: delta.meta.ts) ? line : nil
    }

    @inline(__always)
    private func isToldOf(_ line: Int, at now: UnixMilliseconds) -> Bool {
        lines[line].isMarked && now >= lines[line].quietUntil
    }

    /// Values anew what a line's mark has changed, where it is time to tell.
    ///
    /// Each position is handed to `tell`; false where the account need not be told.
    mutating func revalue(
        at line: Int,
        now: UnixMilliseconds,
        tell: (PositionUpdate) -> Void
    ) throws(PortfolioError) -> Bool {
        guard let price = lines[line].marks.price else { return false }
        let meta = EventMeta(source: .trading)
        do throws(NumberError) {
            var hasChanged = revaluesCoin(of: line, at: price, now: now)
            for index in PositionIndex.allCases {
                guard let place = lines[line].places[index], isDue(place, at: price, now: now) else {
                    continue
                }
                try positions[place].value(at: price, tellingAt: now, model)
                hasChanged = true
                tell(positionUpdate(at: place, meta))
            }
            lines[line].quietUntil = nextTelling(of: line)
            return hasChanged
        } catch {
            throw .mark(lines.instruments[line], error)
        }
    }

    /// The earliest time at which one of the values at a line may be told.
    private func nextTelling(of line: Int) -> UnixMilliseconds {
        var told = UnixMilliseconds.max
        for index in PositionIndex.allCases {
            guard let place = lines[line].places[index], !positions[place].quantity.isZero else { continue }
            told = min(told, positions[place].markedAt)
        }
        if let coin = lines[line].valuedCoin { told = min(told, coins[coin].markedAt) }
        return told == .max ? .min : told + settings.markIntervalMilliseconds
    }

    private func isDue(_ place: Int, at price: Price, now: UnixMilliseconds) -> Bool {
        !positions[place].quantity.isZero && positions[place].mark != price
            && now - positions[place].markedAt >= settings.markIntervalMilliseconds
    }

    /// Whether a coin is worth something else now, another coin depends on it, and it is time to tell.
    private mutating func revaluesCoin(of line: Int, at price: Price, now: UnixMilliseconds) -> Bool {
        guard let coin = lines[line].valuedCoin, !otherCoins.isEmpty, coins[coin].mark != price,
            now - coins[coin].markedAt >= settings.markIntervalMilliseconds
        else { return false }
        coins[coin].tell(price, at: now)
        return true
    }
}
