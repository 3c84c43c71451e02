/// The public REST calls whose answers are read, each by its path.
package enum MarketAnswerKind: String, Hashable, Sendable, CaseIterable {
    case time = "/v5/market/time"
    case instruments = "/v5/market/instruments-info"
    case kline = "/v5/market/kline"
    case markPriceKline = "/v5/market/mark-price-kline"
    case indexPriceKline = "/v5/market/index-price-kline"
    case premiumIndexPriceKline = "/v5/market/premium-index-price-kline"
    case tickers = "/v5/market/tickers"
    case orderBook = "/v5/market/orderbook"
    case recentTrade = "/v5/market/recent-trade"
    case openInterest = "/v5/market/open-interest"
    case fundingHistory = "/v5/market/funding/history"
    case priceLimit = "/v5/market/price-limit"
    case riskLimit = "/v5/market/risk-limit"
    case insurance = "/v5/market/insurance"
    case historicalVolatility = "/v5/market/historical-volatility"
    case deliveryPrice = "/v5/market/delivery-price"

    package var path: String { rawValue }

    /// Tells an answer's kind by the members it has; nil for an empty list and for what is unknown.
    init?(recognising result: AnswerNode) {
        if result["timeSecond"] != nil {
            self = .time
            return
        }
        if result["b"] != nil || result["a"] != nil, result["s"] != nil {
            self = .orderBook
            return
        }
        if result["buyLmt"] != nil {
            self = .priceLimit
            return
        }
        guard let row = (result["list"]?.elements ?? result.elements)?.first else { return nil }
        if let columns = row.elements {
            self = columns.count > 5 ? .kline : .indexPriceKline
            return
        }
        let marks: [(String, MarketAnswerKind)] = [
            ("Volume", .kline), ("StartTime", .indexPriceKline), ("execId", .recentTrade),
            ("fundingRateTimestamp", .fundingHistory), ("priceFilter", .instruments),
            ("lotSizeFilter", .instruments), ("maintenanceMargin", .riskLimit), ("lastPrice", .tickers),
            ("deliveryPrice", .deliveryPrice), ("period", .historicalVolatility), ("balance", .insurance),
            ("openInterest", .openInterest),
        ]
        guard let mark = marks.first(where: { row[$0.0] != nil }) else { return nil }
        self = mark.1
    }
}
