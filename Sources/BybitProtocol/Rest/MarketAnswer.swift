import Contracts

/// One answer of the exchange's public REST interface, read into the contracts' types.
///
/// - Shape: the whole HTTP body in; what it says out, lists in the order of time whatever the order sent.
/// - Units: as the events' own; a time that an answer does not name is that of its envelope.
/// - Errors: ``RestError``; one row that can't be read is named in `refused` and hinders no other.
/// - Source: `docs/exchange/bybit-v5.md`, sections 7.2 and 8.1.
package struct MarketAnswer: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case serverTime(nanoseconds: Int64)
        case instruments([InstrumentRules])
        case klines([KlineEvent])
        /// Of the mark, the index or the premium index: prices without volume.
        case priceKlines([PriceCandle])
        case tickers([TickerFigures])
        case orderBook(OrderBookDelta)
        case trades([TradeEvent])
        case openInterest([OpenInterestEvent])
        case fundingHistory([FundingEvent])
        case priceLimit(PriceLimit)
        case riskTiers([RiskTier])
        case insurance([InsurancePool])
        case volatility([VolatilityFigure])
        case deliveryPrices([DeliveryPrice])
        /// A list without elements, of an answer that nobody said the kind of.
        case nothing
    }

    package internal(set) var content: Content
    /// Rows that could not be read, each with its reason.
    package internal(set) var refused: [RefusedRow] = []
    /// Where the next page begins; empty at the last one.
    package internal(set) var nextPageCursor = ""
    /// When the exchange answered.
    package let time: UnixMilliseconds

    /// Reads a body; an answer whose `kind` nobody says is recognised by what it holds.
    package init(
        reading body: [UInt8],
        kind: MarketAnswerKind? = nil,
        context: AnswerContext
    ) throws(RestError) {
        let head = try RestError.wrap { () throws(WireError) in try AnswerHead(reading: body) }
        guard head.code == 0 else { throw .refused(code: head.code, message: head.message) }
        self = try RestError.wrap { () throws(WireError) in
            guard let result = head.result else { throw .missing(field: "result") }
            return try MarketAnswer(
                result,
                kind: kind,
                context: context.answered(at: head.time, category: head.category)
            )
        }
    }

    /// Reads what stands inside `result`, as recordings of other programs keep it.
    package init(
        readingResult body: [UInt8],
        kind: MarketAnswerKind? = nil,
        context: AnswerContext
    ) throws(RestError) {
        self = try RestError.wrap { () throws(WireError) in
            let root = try AnswerNode(reading: body)
            let wrapped = root.first(of: ["LinearInverse", "Option", "Spot"])
            return try MarketAnswer(wrapped ?? root, kind: kind, context: context)
        }
    }

    private init(
        _ result: AnswerNode,
        kind: MarketAnswerKind?,
        context: AnswerContext
    ) throws(WireError) {
        var reader = try AnswerReader(result, context: context)
        guard let kind = kind ?? MarketAnswerKind(recognising: result) else {
            guard result["list"]?.elements?.isEmpty == true else {
                throw .malformed(field: "result", text: "an answer of no known kind")
            }
            content = .nothing
            time = reader.context.time
            return
        }
        content = try reader.content(of: kind)
        refused = reader.refused
        nextPageCursor = try result.text("nextPageCursor") ?? ""
        time = reader.context.time
    }
}

/// A row of an answer that could not be read: what it calls itself, and why.
package struct RefusedRow: Hashable, Sendable {
    package let name: String
    package let error: WireError

    package var why: String { "\(name): \(error.why)" }
}

/// What surrounds every answer's result.
private struct AnswerHead {
    let code: Int
    let message: String
    let time: UnixMilliseconds?
    /// Some answers name it here instead of in the result.
    let category: String?
    let result: AnswerNode?

    init(reading body: [UInt8]) throws(WireError) {
        let root = try AnswerNode(reading: body)
        guard case .members = root else { throw .malformed(field: "answer", text: "no object") }
        let text = try root.needed("retCode", try root.text("retCode"))
        guard let code = Int(text) else { throw AnswerNode.malformed("retCode", text) }
        self.code = code
        message = try root.text("retMsg") ?? ""
        time = code == 0 ? try root.time("time") : nil
        category = try root.text("category")
        result = root["result"].flatMap { $0 == .null ? nil : $0 }
    }
}

/// What of an answer the question knew.
package struct AnswerContext: Hashable, Sendable {
    package var category: Contracts.Category?
    package var symbol: Symbol?
    /// The candles' length.
    package var minutes: Int?
    /// The book's depth.
    package var depth: Int?
    /// Whether the events fill what was missed.
    package var isBackfill: Bool
    /// When the answer came in; the exchange's own time takes its place where the answer names it.
    package var time: UnixMilliseconds
    package private(set) var receivedAt: UnixMilliseconds

    package init(
        category: Contracts.Category? = nil,
        symbol: Symbol? = nil,
        minutes: Int? = nil,
        depth: Int? = nil,
        isBackfill: Bool = false,
        receivedAt: UnixMilliseconds
    ) {
        self.category = category
        self.symbol = symbol
        self.minutes = minutes
        self.depth = depth
        self.isBackfill = isBackfill
        self.receivedAt = receivedAt
        time = receivedAt
    }

    /// Says when the answer came in, which the question could not know.
    package mutating func arrived(at time: UnixMilliseconds) {
        receivedAt = time
        self.time = time
    }

    var meta: EventMeta { EventMeta(source: .market, ts: receivedAt) }

    func answered(at time: UnixMilliseconds?, category: String?) -> AnswerContext {
        var context = self
        if let time { context.time = time }
        if context.category == nil { context.category = category.flatMap(Contracts.Category.init) }
        return context
    }
}
