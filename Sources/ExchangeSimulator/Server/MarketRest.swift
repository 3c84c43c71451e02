import NIOCore

/// Answers the market REST calls from the state of the exchange.
///
/// - Shape: GET with a query in, an HTTP status and one JSON object out; parameters are judged before use.
/// - Units: decimals as strings, times in Unix milliseconds.
/// - Errors: retCode 10001 with HTTP 200 for bad parameters, HTTP 404 for an unknown path, 400 for a method.
/// - Source: `docs/bybit-sim.md`, "REST".
struct MarketRest {
    let exchange: Exchange

    struct Answer {
        let status: Int
        let body: ByteBuffer
    }

    /// A parameter the exchange would not take.
    struct BadParameter: Error {
        let message: String
    }

    func answer(isGet: Bool, uri: String) -> Answer {
        let halves = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = RestQuery(halves.count > 1 ? String(halves[1]) : "")
        guard let call = call(String(halves.first ?? "")) else {
            return failure(status: 404, code: 10017, message: "path not found")
        }
        guard isGet else { return failure(status: 400, code: 10001, message: "only GET is supported") }
        do throws(BadParameter) {
            return Answer(status: 200, body: envelope(code: 0, message: "OK", result: try call(query)))
        } catch {
            return failure(status: 200, code: 10001, message: error.message)
        }
    }

    private func call(_ path: String) -> ((RestQuery) throws(BadParameter) -> ByteBuffer)? {
        switch path {
        case "/v5/market/time": time
        case "/v5/market/instruments-info": instruments
        case "/v5/market/orderbook": orderBook
        case "/v5/market/tickers": tickers
        case "/v5/market/kline": kline
        case "/v5/market/recent-trade": recentTrades
        default: nil
        }
    }

    private func failure(status: Int, code: Int, message: String) -> Answer {
        Answer(status: status, body: envelope(code: code, message: message, result: ByteBuffer(string: "{}")))
    }

    private func envelope(code: Int, message: String, result: ByteBuffer) -> ByteBuffer {
        var out = ByteBuffer()
        out.write("{\"retCode\":")
        out.write(code)
        out.write(",\"retMsg\":")
        out.writeQuoted(message)
        out.write(",\"result\":")
        out.writeImmutableBuffer(result)
        out.write(",\"retExtInfo\":{},\"time\":")
        out.write(exchange.nowMs)
        out.write("}")
        return out
    }

    // MARK: Calls

    private func time(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let nowMs = exchange.nowMs
        return ByteBuffer(
            string: "{\"timeSecond\":\"\(nowMs / 1000)\",\"timeNano\":\"\(nowMs * 1_000_000)\"}"
        )
    }

    private func orderBook(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let category = try query.category()
        let market = try market(query, in: category)
        let limit = try query.limit(category == .spot ? 1 : 25, max: 1000)
        let encoder = PushEncoder(spec: market.spec)
        var out = ByteBuffer(string: "{\"s\":\"\(market.spec.symbol)\",\"b\":")
        encoder.writeLevels(Array(market.book.bids.prefix(limit)), to: &out)
        out.write(",\"a\":")
        encoder.writeLevels(Array(market.book.asks.prefix(limit)), to: &out)
        let tail = "\"u\":\(market.fullUpdateID),\"seq\":\(market.sequence),\"cts\":\(market.bookTimeMs)}"
        out.writeString(",\"ts\":\(exchange.nowMs),\(tail)")
        return out
    }

    private func tickers(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let category = try query.category()
        return try list(query, in: category) { market, out in
            var fields = market.tickerFields(isSpot: category == .spot)
            if category == .spot {
                fields += market.tickerFields(isSpot: false).filter {
                    ["bid1Price", "bid1Size", "ask1Price", "ask1Size"].contains($0.name)
                }
            } else {
                fields.removeAll { $0.name == "tickDirection" }
                for name in ["predictedDeliveryPrice", "basisRate", "deliveryFeeRate", "basis"] {
                    fields.append(TickerField(name: name, value: ""))
                }
                fields.append(TickerField(name: "deliveryTime", value: "0"))
            }
            PushEncoder.writeFields(fields, to: &out)
        }
    }

    private func instruments(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let category = try query.category()
        let limit = category == .spot ? Int.max : try query.limit(500, max: 1000)
        return try list(query, in: category, limit: limit) { market, out in
            InstrumentEncoder.write(market.spec, category: category, to: &out)
        }
    }

    private func kline(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let category = query["category"] == nil ? Category.linear : try query.category()
        let market = try market(query, in: category)
        guard let interval = query["interval"].flatMap(KlineInterval.init(rawValue:)),
            let series = market.series.first(where: { $0.interval == interval })
        else { throw BadParameter(message: "params error: Invalid period!") }
        let limit = try query.limit(200, max: 1000)
        let start = try query.integer("start") ?? 0
        let end = try query.integer("end") ?? .max
        var candles = Array(series.closed)
        if let current = series.current { candles.append(current) }
        let wanted = candles.filter { $0.startMs >= start && $0.startMs <= end }.suffix(limit).reversed()
        let (prices, sizes) = (market.spec.priceDecimals, market.spec.quantityDecimals)
        var out = ByteBuffer(
            string: "{\"category\":\"\(category.rawValue)\",\"symbol\":\"\(market.spec.symbol)\",\"list\":["
        )
        for (index, candle) in wanted.enumerated() {
            out.write(index > 0 ? ",[\"" : "[\"")
            out.write(candle.startMs)
            out.write("\"")
            for price in [candle.open, candle.high, candle.low, candle.close] {
                out.write(",")
                out.writeQuoted(price, decimals: prices)
            }
            out.write(",")
            out.writeQuoted(units: candle.volume, decimals: sizes)
            out.write(",")
            out.writeQuoted(units: candle.turnover, decimals: 8)
            out.write("]")
        }
        out.write("]}")
        return out
    }

    private func recentTrades(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let category = try query.category()
        let market = try market(query, in: category)
        let limit = try query.limit(category == .spot ? 60 : 500, max: category == .spot ? 60 : 1000)
        var out = ByteBuffer(string: "{\"category\":\"\(category.rawValue)\",\"list\":[")
        for (index, trade) in market.recentTrades.reversed().prefix(limit).enumerated() {
            if index > 0 { out.write(",") }
            out.write("{\"execId\":")
            out.writeQuoted(category == .spot ? PushEncoder.spotID(trade) : trade.id)
            out.writeString(",\"symbol\":\"\(market.spec.symbol)\",\"price\":")
            out.writeQuoted(trade.price, decimals: market.spec.priceDecimals)
            out.write(",\"size\":")
            out.writeQuoted(trade.quantity, decimals: market.spec.quantityDecimals)
            out.writeString(",\"side\":\"\(trade.takerBuys ? "Buy" : "Sell")\",\"time\":\"\(trade.timeMs)\"")
            out.writeString(",\"isBlockTrade\":false,\"isRPITrade\":false,\"seq\":\"\(trade.sequence)\"}")
        }
        out.write("]}")
        return out
    }

    // MARK: Helpers

    private func market(_ query: RestQuery, in category: Category) throws(BadParameter) -> SymbolMarket {
        guard let symbol = query["symbol"], exchange.lists(symbol, in: category),
            let market = exchange.market(symbol)
        else { throw BadParameter(message: "params error: symbol invalid") }
        return market
    }

    /// `{"category":…,"list":[…],"nextPageCursor":…}` with one entry per market that the query selects.
    private func list(
        _ query: RestQuery,
        in category: Category,
        limit: Int = .max,
        entry: (SymbolMarket, inout ByteBuffer) -> Void
    ) throws(BadParameter) -> ByteBuffer {
        let listed = exchange.symbols.filter { exchange.lists($0, in: category) }.sorted()
        let wanted = query["symbol"] == nil ? listed : [try market(query, in: category).spec.symbol]
        let first = try query.offset()
        let page = wanted.dropFirst(first).prefix(limit)
        var out = ByteBuffer(string: "{\"category\":\"\(category.rawValue)\",\"list\":[")
        for (index, market) in page.compactMap(exchange.market).enumerated() {
            if index > 0 { out.write(",") }
            entry(market, &out)
        }
        let following = first + page.count
        let cursor = limit < .max && following < wanted.count ? RestQuery.cursor(offset: following) : ""
        out.writeString("],\"nextPageCursor\":\"\(cursor)\"}")
        return out
    }
}
