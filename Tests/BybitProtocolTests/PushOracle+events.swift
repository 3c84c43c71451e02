import Contracts

extension PushOracle {
    /// An event as plain figures, under the names that the oracle uses.
    static func figures(_ event: AnyEvent) -> Figures {
        let figures: [String: String?] =
            switch event {
            case .marketTrade(let trade): of(trade)
            case .marketKline(let candle): of(candle)
            case .marketOrderbookDelta(let delta): of(delta)
            case .marketTicker(let ticker): of(ticker)
            case .marketLiquidation(let event):
                [
                    "instrument": "\(event.instrument)", "time": "\(event.exchangeTime)",
                    "side": event.side.rawValue, "price": "\(event.price)", "quantity": "\(event.quantity)",
                ]
            case .marketOi(let event):
                [
                    "instrument": "\(event.instrument)", "interest": "\(event.openInterest)",
                    "value": event.value?.description,
                ]
            case .marketFunding(let event):
                [
                    "instrument": "\(event.instrument)", "rate": "\(event.rate)",
                    "next": event.nextFundingTime?.description, "hours": event.intervalHours?.description,
                ]
            case .marketPriceLimit(let event):
                [
                    "instrument": "\(event.instrument)", "bid": "\(event.highestBid)",
                    "ask": "\(event.lowestAsk)",
                ]
            case .marketInsurance(let event):
                [
                    "coin": event.coin, "symbols": event.symbols, "balance": "\(event.balance)",
                    "updated": "\(event.updated)",
                ]
            case .marketAdlAlert(let event):
                [
                    "coin": event.coin, "symbol": event.symbol, "balance": "\(event.balance)",
                    "highest": event.highestBalance?.description, "ratio": event.profitLossRatio?.description,
                ]
            case .marketExchangeStatus(let event):
                [
                    "id": event.id, "title": event.title, "state": event.state.rawValue,
                    "begin": "\(event.begin)",
                ]
            default: [:]
            }
        var named = figures.compactMapValues(\.self)
        named["event"] = event.topic.rawValue
        return named
    }

    private static func of(_ trade: TradeEvent) -> [String: String?] {
        [
            "instrument": "\(trade.instrument)", "time": "\(trade.exchangeTime)", "id": "\(trade.id)",
            "side": trade.side.rawValue, "price": "\(trade.price)", "quantity": "\(trade.quantity)",
            "block": String(trade.isBlockTrade),
        ]
    }

    private static func of(_ candle: KlineEvent) -> [String: String?] {
        [
            "instrument": "\(candle.instrument)",
            "length": [1_440: "D", 10_080: "W", 43_200: "M"][candle.minutes] ?? "\(candle.minutes)",
            "confirmed": String(candle.isConfirmed), "start": "\(candle.start)", "end": "\(candle.end)",
            "open": "\(candle.open)", "high": "\(candle.high)", "low": "\(candle.low)",
            "close": "\(candle.close)", "volume": "\(candle.volume)", "turnover": "\(candle.turnover)",
        ]
    }

    private static func of(_ delta: OrderBookDelta) -> [String: String?] {
        func levels(_ side: ContiguousArray<BookLevel>.SubSequence) -> String {
            side.map { "\($0.price)x\($0.size)" }.joined(separator: " ")
        }
        return [
            "instrument": "\(delta.instrument)", "depth": "\(delta.depth)",
            "snapshot": String(delta.isSnapshot),
            "update": "\(delta.updateID)", "bids": levels(delta.bids), "asks": levels(delta.asks),
            "time": "\(delta.exchangeTime)",
        ]
    }

    private static func of(_ ticker: TickerEvent) -> [String: String?] {
        [
            "instrument": "\(ticker.instrument)", "time": "\(ticker.exchangeTime)",
            "last": ticker.lastPrice?.description, "mark": ticker.markPrice?.description,
            "index": ticker.indexPrice?.description, "bid": ticker.bidPrice?.description,
            "bidSize": ticker.bidSize?.description, "ask": ticker.askPrice?.description,
            "askSize": ticker.askSize?.description, "high": ticker.high24h?.description,
            "low": ticker.low24h?.description, "volume": ticker.volume24h?.description,
            "turnover": ticker.turnover24h?.description, "change": ticker.change24h?.description,
            "bidIv": ticker.option?.bidVolatility?.description,
            "askIv": ticker.option?.askVolatility?.description,
            "markPriceIv": ticker.option?.markVolatility?.description,
            "underlyingPrice": ticker.option?.underlyingPrice?.description,
            "optionInterest": ticker.option?.openInterest?.description,
            "delta": ticker.option?.delta?.description, "gamma": ticker.option?.gamma?.description,
            "vega": ticker.option?.vega?.description, "theta": ticker.option?.theta?.description,
        ]
    }
}
