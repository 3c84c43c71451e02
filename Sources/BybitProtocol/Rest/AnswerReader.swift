import Contracts

/// Turns the `result` of one answer into what it says; a value that lives as long as the reading.
struct AnswerReader {
    let result: AnswerNode
    let context: AnswerContext
    private(set) var refused: [RefusedRow] = []

    init(_ result: AnswerNode, context: AnswerContext) throws(WireError) {
        self.result = result
        self.context = context.answered(at: nil, category: try result.text("category"))
    }

    mutating func content(of kind: MarketAnswerKind) throws(WireError) -> MarketAnswer.Content {
        switch kind {
        case .time: return .serverTime(nanoseconds: try serverTime())
        case .instruments:
            return .instruments(
                try rows { (row, context) throws(WireError) in
                    try InstrumentRules(row, context: context)
                }
            )
        case .kline: return .klines(try klines())
        case .markPriceKline, .indexPriceKline, .premiumIndexPriceKline:
            let candles = try rows { (row, _) throws(WireError) in try PriceCandle(row) }
            return .priceKlines(candles.sorted { $0.start < $1.start })
        case .tickers:
            return .tickers(
                try rows { (row, context) throws(WireError) in
                    try TickerFigures(row, context: context)
                }
            )
        case .orderBook: return .orderBook(try orderBook())
        case .recentTrade: return .trades(try trades())
        case .openInterest:
            return .openInterest(try openInterest())
        case .fundingHistory: return .fundingHistory(try fundingHistory())
        case .priceLimit: return .priceLimit(try priceLimit())
        case .riskLimit:
            return .riskTiers(
                try rows { (row, context) throws(WireError) in
                    try RiskTier(row, context: context)
                }
            )
        case .insurance:
            let updated = try result.time("updatedTime") ?? context.time
            return .insurance(
                try rows { (row, _) throws(WireError) in
                    try InsurancePool(row, updated: updated)
                }
            )
        case .historicalVolatility:
            return .volatility(try rows { (row, _) throws(WireError) in try VolatilityFigure(row) })
        case .deliveryPrice:
            return .deliveryPrices(
                try rows { (row, context) throws(WireError) in
                    try DeliveryPrice(row, context: context)
                }
            )
        }
    }

    /// Reads each element of the list; one that can't be read is refused and hinders no other.
    mutating func rows<Value>(
        _ read: (AnswerNode, AnswerContext) throws(WireError) -> Value
    ) throws(WireError) -> [Value] {
        guard let elements = result["list"]?.elements ?? result.elements else {
            throw .missing(field: "list")
        }
        var values: [Value] = []
        values.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            do throws(WireError) { values.append(try read(element, context)) } catch {
                let name = (try? element.text("symbol", "coin", "execId")) ?? nil
                refused.append(RefusedRow(name: name ?? "row \(index)", error: error))
            }
        }
        return values
    }

    /// The instrument of a whole answer, by the answer itself or by the question.
    func instrument(_ row: AnswerNode? = nil) throws(WireError) -> Instrument {
        try Self.instrument(row ?? result, context, fallback: try result.symbol("symbol"))
    }

    static func instrument(
        _ row: AnswerNode,
        _ context: AnswerContext,
        fallback: Symbol? = nil
    ) throws(WireError) -> Instrument {
        let named = try row.symbol("symbol") ?? fallback ?? context.symbol
        return Instrument(
            // An answer that does not say its category is that of the exchange's default.
            category: context.category ?? .linear,
            symbol: try row.needed("symbol", named)
        )
    }

    private func serverTime() throws(WireError) -> Int64 {
        if let nanoseconds = try result.time("timeNano") { return nanoseconds }
        let seconds = try result.needed("timeSecond", try result.time("timeSecond"))
        return seconds.multipliedReportingOverflow(by: 1_000_000_000).partialValue
    }

    private func priceLimit() throws(WireError) -> PriceLimit {
        PriceLimit(
            meta: context.meta,
            instrument: try instrument(),
            highestBid: try result.needed("buyLmt", try result.decimal("buyLmt")),
            lowestAsk: try result.needed("sellLmt", try result.decimal("sellLmt"))
        )
    }
}
