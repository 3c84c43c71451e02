import Contracts

/// Everything the exchange says of one instrument that trading needs.
///
/// - Units: prices in quote asset, quantities in base asset (inverse: USD), times in Unix milliseconds.
/// - Source: `docs/exchange/bybit-v5.md`, "instruments-info".
package struct InstrumentRules: Hashable, Sendable {
    /// The rules that every order obeys.
    package let spec: InstrumentSpec
    package let settleCoin: String
    /// `LinearPerpetual` and the like; for options `Call` or `Put`, for spot nothing.
    package let kind: String
    package let priceMin: Price?
    package let priceMax: Price?
    /// Of one market order.
    package let marketQuantityMax: Quantity?
    package let postOnlyQuantityMax: Quantity?
    package let notionalMax: Money?
    package let leverageMin: Ratio?
    package let leverageStep: Ratio?
    package let launchTime: UnixMilliseconds?
    /// Nil for what has no end.
    package let deliveryTime: UnixMilliseconds?
    package let fundingMinutes: Int?
    package let fundingRateMax: Ratio?
    package let fundingRateMin: Ratio?

    init(_ row: AnswerNode, context: AnswerContext) throws(WireError) {
        let lots = row["lotSizeFilter"] ?? .null
        let prices = row["priceFilter"] ?? .null
        let leverage = row["leverageFilter"] ?? .null
        let tick: Price? = try prices.decimal("tickSize")
        guard let tick, tick.isPositive else { throw .missing(field: "tickSize") }
        // Spot has no qtyStep; its base precision is the step.
        let step: Quantity? = try lots.decimal("qtyStep", "basePrecision")
        guard let step, step.isPositive else { throw .missing(field: "qtyStep") }
        spec = InstrumentSpec(
            meta: context.meta,
            instrument: try AnswerReader.instrument(row, context),
            baseCoin: try row.text("baseCoin") ?? "",
            quoteCoin: try row.text("quoteCoin") ?? "",
            status: Self.status(try row.text("status")),
            tickSize: tick,
            quantityStep: step,
            quantityMin: try lots.decimal("minOrderQty") ?? step,
            quantityMax: try lots.bound("maxLimitOrderQty", "maxOrderQty"),
            notionalMin: try lots.money("minNotionalValue", "minOrderAmt"),
            leverageMax: try leverage.decimal("maxLeverage"),
            settleCoin: try row.text("settleCoin").flatMap { $0.isEmpty ? nil : $0 },
            fundingIntervalMinutes: try row.whole("fundingInterval").flatMap { Int(exactly: $0) }
        )
        settleCoin = try row.text("settleCoin") ?? ""
        kind = try row.text("contractType", "optionsType") ?? ""
        priceMin = try prices.sideFigure("minPrice")
        priceMax = try prices.sideFigure("maxPrice")
        marketQuantityMax = try lots.bound("maxMktOrderQty", "maxMarketOrderQty")
        postOnlyQuantityMax = try lots.bound("postOnlyMaxOrderQty", "postOnlyMaxLimitOrderSize")
        notionalMax = try lots.money("maxOrderAmt")
        leverageMin = try leverage.sideFigure("minLeverage")
        leverageStep = try leverage.sideFigure("leverageStep")
        launchTime = try row.time("launchTime")
        deliveryTime = try row.time("deliveryTime").flatMap { $0 == 0 ? nil : $0 }
        fundingMinutes = try row.whole("fundingInterval").flatMap { Int(exactly: $0) }
        fundingRateMax = try row.sideFigure("upperFundingRate")
        fundingRateMin = try row.sideFigure("lowerFundingRate")
    }

    /// `ONLINE` and `1` are what options and spot called it before 2023's unified names.
    private static func status(_ text: String?) -> InstrumentSpec.Status {
        switch text {
        case "Trading", "ONLINE", "1": .trading
        case "PreLaunch": .preLaunch
        case "Delivering": .delivering
        case "Closed": .closed
        default: .other
        }
    }
}
