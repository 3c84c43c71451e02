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
        var body: ByteBuffer
        var contentType = "application/json; charset=utf-8"
        var headers: [(name: String, value: String)] = []
    }

    /// A parameter the exchange would not take.
    struct BadParameter: Error {
        let message: String
    }

    /// What a call gives: the value of `result`, and what stands beside it where a call does that.
    struct Result {
        var value: ByteBuffer
        var message = "OK"
        var beside = ""

        init(_ value: ByteBuffer) {
            self.value = value
        }
    }

    typealias Call = (RestQuery) throws(BadParameter) -> ByteBuffer

    func answer(isGet: Bool, uri: String) -> Answer {
        let halves = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(halves.first ?? "")
        let query = RestQuery(halves.count > 1 ? String(halves[1]) : "")
        guard let call = call(path) else {
            return failure(status: 404, code: 10017, message: "path not found")
        }
        guard isGet else { return failure(status: 400, code: 10001, message: "only GET is supported") }
        do throws(BadParameter) {
            var result = Result(try call(query))
            if path == "/v5/market/historical-volatility" {
                (result.message, result.beside) = ("SUCCESS", "\"category\":\"option\",")
            }
            return Answer(status: 200, body: envelope(code: 0, result: result))
        } catch {
            return failure(status: 200, code: 10001, message: error.message)
        }
    }

    func failure(status: Int, code: Int, message: String) -> Answer {
        var result = Result(ByteBuffer(string: "{}"))
        result.message = message
        return Answer(status: status, body: envelope(code: code, result: result))
    }

    private func call(_ path: String) -> Call? {
        switch path {
        case "/v5/market/time": time
        case "/v5/market/instruments-info": instruments
        case "/v5/market/orderbook": orderBook
        case "/v5/market/tickers": tickers
        case "/v5/market/kline": kline
        case "/v5/market/mark-price-kline": markKline
        case "/v5/market/index-price-kline": indexKline
        case "/v5/market/premium-index-price-kline": premiumKline
        case "/v5/market/recent-trade": recentTrades
        case "/v5/market/funding/history": fundingHistory
        case "/v5/market/open-interest": openInterest
        case "/v5/market/account-ratio": accountRatio
        case "/v5/market/insurance": insurance
        case "/v5/market/adlAlert": adlAlert
        case "/v5/market/risk-limit": riskLimit
        case "/v5/market/price-limit", "/v5/market/order-price-limit": priceLimit
        case "/v5/market/historical-volatility": historicalVolatility
        case "/v5/market/delivery-price": deliveryPrice
        case "/v5/announcements/index": announcements
        case "/v5/system/status": systemStatus
        default: nil
        }
    }

    private func envelope(code: Int, result: Result) -> ByteBuffer {
        var out = ByteBufferAllocator().buffer(capacity: result.value.readableBytes + 160)
        out.write("{\"retCode\":")
        out.write(code)
        out.write(",\"retMsg\":")
        out.writeQuoted(result.message)
        out.write(",")
        out.writeString(result.beside)
        out.write("\"result\":")
        out.writeImmutableBuffer(result.value)
        out.write(",\"retExtInfo\":{},\"time\":")
        out.write(exchange.nowMs)
        out.write("}")
        return out
    }

    // MARK: Helpers

    func market(_ query: RestQuery, in category: Category) throws(BadParameter) -> SymbolMarket {
        guard let symbol = query["symbol"], let market = exchange.market(symbol, in: category) else {
            throw BadParameter(message: "params error: symbol invalid")
        }
        return market
    }

    /// The markets a query selects by `symbol` or `baseCoin`, by name.
    func markets(_ query: RestQuery, in category: Category) throws(BadParameter) -> [SymbolMarket] {
        if query["symbol"] != nil { return [try market(query, in: category)] }
        let base = query["baseCoin"]
        return exchange.markets(in: category).filter { base == nil || $0.spec.coins.base == base }
            .sorted { $0.spec.symbol < $1.spec.symbol }
    }

    /// `{"category":…,"list":[…],"nextPageCursor":…}` with one page of entries.
    func list<Item>(
        _ items: [Item],
        of category: Category,
        query: RestQuery,
        limit: Int = .max,
        before: String = "",
        entry: (Item, inout ByteBuffer) -> Void
    ) throws(BadParameter) -> ByteBuffer {
        let first = limit < .max ? try query.offset() : 0
        let page = items.dropFirst(first).prefix(limit)
        var out = ByteBuffer(string: "{\(before)\"category\":\"\(category.rawValue)\",\"list\":[")
        for (index, item) in page.enumerated() {
            if index > 0 { out.write(",") }
            entry(item, &out)
        }
        let following = first + page.count
        let cursor = limit < .max && following < items.count ? RestQuery.cursor(offset: following) : ""
        out.writeString("],\"nextPageCursor\":\"\(cursor)\"}")
        return out
    }
}
