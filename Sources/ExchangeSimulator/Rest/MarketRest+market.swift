import NIOCore

/// What every product line has: instruments, tickers, books and trades.
extension MarketRest {
    func instruments(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let category = try query.category()
        let status = query["status"]
        let limit = category == .spot ? Int.max : try query.limit(500, max: 1000)
        let wanted = try markets(query, in: category).filter { status == nil || $0.status == status }
        return try list(wanted, of: category, query: query, limit: limit) { market, out in
            InstrumentEncoder.write(market, to: &out)
        }
    }

    func tickers(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let category = try query.category()
        if category == .option, query["symbol"] == nil, query["baseCoin"] == nil {
            throw BadParameter(message: "params error: symbol or baseCoin is required")
        }
        var wanted = try markets(query, in: category)
        if let date = query["expDate"] {
            wanted = wanted.filter { $0.spec.symbol.split(separator: "-").dropFirst().first == date[...] }
        }
        var out = ByteBuffer(string: "{\"category\":\"\(category.rawValue)\",\"list\":[")
        for (index, market) in wanted.enumerated() {
            if index > 0 { out.write(",") }
            let recorded = market.recordedTicker.filter { $0.name != "tickDirection" }
            let fields = recorded.isEmpty ? market.tickerState().restFields() : recorded
            PushEncoder.writeFields(fields, to: &out)
        }
        out.write("]}")
        return out
    }

    /// The book of the deepest topic with that topic's update id, whatever the limit.
    func orderBook(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let category = try query.category()
        let market = try market(query, in: category)
        let standard = category == .spot || category == .option ? 1 : 25
        let limit = try query.limit(standard, max: category == .option ? 25 : 1000)
        let whole = market.wholeBook()
        let encoder = market.encoder
        var out = ByteBuffer(string: "{\"s\":\"\(market.spec.symbol)\",\"b\":")
        encoder.writeLevels(Array(whole.bids.prefix(limit)), to: &out)
        out.write(",\"a\":")
        encoder.writeLevels(Array(whole.asks.prefix(limit)), to: &out)
        let tail = "\"u\":\(whole.updateID),\"seq\":\(whole.sequence),\"cts\":\(whole.engineMs)}"
        out.writeString(",\"ts\":\(exchange.nowMs),\(tail)")
        return out
    }

    func recentTrades(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let category = try query.category()
        let limit = try query.limit(category == .spot ? 60 : 500, max: category == .spot ? 60 : 1000)
        var trades: [(trade: Trade, market: SymbolMarket)] = []
        if category == .option, query["symbol"] == nil {
            let base = query["baseCoin"] ?? "BTC"
            for market in exchange.markets(in: .option) where market.spec.coins.base == base {
                trades += market.recentTrades.map { ($0, market) }
            }
            trades.sort { ($0.trade.timeMs, $0.trade.sequence) < ($1.trade.timeMs, $1.trade.sequence) }
        } else {
            let market = try market(query, in: category)
            trades = market.recentTrades.map { ($0, market) }
        }
        var out = ByteBuffer(string: "{\"category\":\"\(category.rawValue)\",\"list\":[")
        for (index, (trade, market)) in trades.reversed().prefix(limit).enumerated() {
            if index > 0 { out.write(",") }
            out.write("{\"execId\":")
            out.writeQuoted(category == .spot ? PushEncoder.spotID(trade.id) : trade.id)
            out.writeString(",\"symbol\":\"\(market.spec.symbol)\",\"price\":")
            out.writeQuoted(trade.price, decimals: market.spec.priceDecimals)
            out.write(",\"size\":")
            out.writeQuoted(trade.quantity, decimals: market.spec.quantityDecimals)
            out.writeString(",\"side\":\"\(trade.takerBuys ? "Buy" : "Sell")\",\"time\":\"\(trade.timeMs)\"")
            out.writeString(",\"isBlockTrade\":false,\"isRPITrade\":false")
            if category == .option, let figures = market.figures, let option = figures.option {
                let volatility = option.markVolatility.text(decimals: 4)
                out.writeString(
                    ",\"mP\":\"\(figures.mark.text(decimals: 8))\",\"iP\":\"\(figures.index.text(decimals: 2))\""
                        + ",\"mIv\":\"\(volatility)\",\"iv\":\"\(volatility)\""
                )
            }
            out.writeString(",\"seq\":\"\(trade.sequence)\"}")
        }
        out.write("]}")
        return out
    }
}
