import Contracts

/// One instrument of the tickers' answer: its ticker and, of contracts, open interest and funding.
package struct TickerFigures: Hashable, Sendable {
    package let ticker: TickerEvent
    package let openInterest: OpenInterestEvent?
    package let funding: FundingEvent?

    init(_ row: AnswerNode, context: AnswerContext) throws(WireError) {
        let instrument = try AnswerReader.instrument(row, context)
        ticker = TickerEvent(
            meta: context.meta,
            instrument: instrument,
            exchangeTime: context.time,
            lastPrice: try row.decimal("lastPrice"),
            markPrice: try row.decimal("markPrice"),
            indexPrice: try row.decimal("indexPrice"),
            bidPrice: try row.decimal("bid1Price", "bidPrice"),
            bidSize: try row.decimal("bid1Size", "bidSize"),
            askPrice: try row.decimal("ask1Price", "askPrice"),
            askSize: try row.decimal("ask1Size", "askSize"),
            high24h: try row.decimal("highPrice24h"),
            low24h: try row.decimal("lowPrice24h"),
            volume24h: try row.sideFigure("volume24h"),
            turnover24h: try row.money("turnover24h"),
            change24h: try row.sideFigure("price24hPcnt", "change24h"),
            option: context.category == .option ? try Self.option(row) : nil
        )
        openInterest =
            if context.category != .option, let interest: Quantity = try row.sideFigure("openInterest") {
                OpenInterestEvent(
                    meta: context.meta,
                    instrument: instrument,
                    exchangeTime: context.time,
                    openInterest: interest,
                    value: try row.money("openInterestValue"),
                    isBackfill: context.isBackfill
                )
            } else {
                nil
            }
        funding =
            if let rate: Ratio = try row.decimal("fundingRate") {
                FundingEvent(
                    meta: context.meta,
                    instrument: instrument,
                    exchangeTime: context.time,
                    rate: rate,
                    nextFundingTime: try row.time("nextFundingTime"),
                    intervalHours: try row.whole("fundingIntervalHour").flatMap { Int(exactly: $0) },
                    isBackfill: context.isBackfill
                )
            } else {
                nil
            }
    }

    private static func option(_ row: AnswerNode) throws(WireError) -> OptionFigures {
        OptionFigures(
            bidVolatility: try row.sideFigure("bid1Iv", "bidIv"),
            askVolatility: try row.sideFigure("ask1Iv", "askIv"),
            markVolatility: try row.sideFigure("markIv", "markPriceIv"),
            underlyingPrice: try row.decimal("underlyingPrice"),
            openInterest: try row.sideFigure("openInterest"),
            delta: try row.sideFigure("delta"),
            gamma: try row.sideFigure("gamma"),
            vega: try row.sideFigure("vega"),
            theta: try row.sideFigure("theta")
        )
    }
}
