import Contracts

/// Lists in time: the exchange sends the newest first, here the oldest comes first.
extension AnswerReader {
    mutating func klines() throws(WireError) -> [KlineEvent] {
        let instrument = try instrument()
        let context = context
        let candles = try rows { (row, _) throws(WireError) in
            let volume = try row.needed("volume", try PriceCandle.volume(row))
            return (prices: try PriceCandle(row), volume: volume, turnover: try PriceCandle.turnover(row))
        }
        let sorted = candles.sorted { $0.prices.start < $1.prices.start }
        // A recording doesn't say what was asked for: then the step between two candles does.
        let steps = zip(sorted, sorted.dropFirst()).map { ($1.prices.start - $0.prices.start) / 60_000 }
        let minutes = context.minutes ?? steps.min().flatMap { Int(exactly: $0) } ?? 1
        return sorted.map { candle, volume, turnover in
            let end = CandleLength.end(of: candle.start, minutes: minutes)
            return KlineEvent(
                meta: context.meta,
                instrument: instrument,
                minutes: minutes,
                start: candle.start,
                end: end,
                open: candle.open,
                high: candle.high,
                low: candle.low,
                close: candle.close,
                volume: volume,
                turnover: turnover ?? .zero,
                isConfirmed: end < context.time,
                isBackfill: context.isBackfill
            )
        }
    }

    mutating func trades() throws(WireError) -> [TradeEvent] {
        let trades = try rows { (row, context) throws(WireError) in
            let text = try row.needed("execId", try row.text("execId"))
            guard let id = TradeID(text) else { throw AnswerNode.malformed("execId", text) }
            let price: Price = try row.needed("price", try row.decimal("price"))
            let quantity: Quantity = try row.needed("size", try row.decimal("size"))
            return TradeEvent(
                meta: context.meta,
                instrument: try Self.instrument(row, context),
                exchangeTime: try row.needed("time", try row.time("time")),
                id: id,
                side: try row.needed("side", try row.side("side")),
                price: price,
                quantity: quantity,
                isBlockTrade: try row.flag("isBlockTrade"),
                isBackfill: context.isBackfill
            )
        }
        // Trades of one millisecond keep the exchange's own order.
        return Self.oldestFirst(trades, by: \.exchangeTime)
    }

    mutating func openInterest() throws(WireError) -> [OpenInterestEvent] {
        let instrument = try instrument()
        let interests = try rows { (row, context) throws(WireError) in
            let interest: Quantity = try row.needed("openInterest", try row.decimal("openInterest"))
            return OpenInterestEvent(
                meta: context.meta,
                instrument: instrument,
                exchangeTime: try row.needed("timestamp", try row.time("timestamp")),
                openInterest: interest,
                value: try row.money("openInterestValue"),
                isBackfill: context.isBackfill
            )
        }
        return Self.oldestFirst(interests, by: \.exchangeTime)
    }

    /// Each settlement with the rate it used.
    mutating func fundingHistory() throws(WireError) -> [FundingEvent] {
        let fundings = try rows { (row, context) throws(WireError) in
            let time = try row.needed("fundingRateTimestamp", try row.time("fundingRateTimestamp"))
            let rate: Ratio = try row.needed("fundingRate", try row.decimal("fundingRate"))
            return FundingEvent(
                meta: context.meta,
                instrument: try Self.instrument(row, context),
                exchangeTime: time,
                rate: rate,
                nextFundingTime: time,
                intervalHours: nil,
                isBackfill: context.isBackfill
            )
        }
        return Self.oldestFirst(fundings, by: \.exchangeTime)
    }

    /// Sorts without changing the order of equals, newest first being the order they came in.
    static func oldestFirst<Row>(_ rows: [Row], by time: (Row) -> UnixMilliseconds) -> [Row] {
        guard let first = rows.first, let last = rows.last else { return rows }
        let isNewestFirst = time(first) >= time(last)
        let ordered = isNewestFirst ? Array(rows.reversed()) : rows
        return ordered.enumerated()
            .sorted { (time($0.element), $0.offset) < (time($1.element), $1.offset) }
            .map(\.element)
    }
}
