import NIOCore

/// Writes one instrument as `/v5/market/instruments-info` lists it.
enum InstrumentEncoder {
    private static let launchTime = "1585526400000"
    private static let risk =
        "\"riskParameters\":{\"priceLimitRatioX\":\"0.01\",\"priceLimitRatioY\":\"0.02\"}"

    static func write(_ market: SymbolMarket, to out: inout ByteBuffer) {
        switch market.category {
        case .spot: writeSpot(market, to: &out)
        case .option: writeOption(market, to: &out)
        case .linear, .inverse: writePerpetual(market, to: &out)
        }
    }

    private static func writeSpot(_ market: SymbolMarket, to out: inout ByteBuffer) {
        let spec = market.spec
        let (base, quote) = spec.coins
        let (tick, step, largest) = grid(of: spec)
        out.writeString(
            "{\"symbol\":\"\(spec.symbol)\",\"baseCoin\":\"\(base)\",\"quoteCoin\":\"\(quote)\",\"innovation\":\"0\","
                + "\"status\":\"\(market.status)\",\"marginTrading\":\"utaOnly\",\"stTag\":\"0\","
                + "\"lotSizeFilter\":{\"basePrecision\":\"\(step)\",\"quotePrecision\":\"0.00000001\","
                + "\"minOrderQty\":\"\(step)\",\"maxOrderQty\":\"\(largest)\",\"minOrderAmt\":\"5\","
                + "\"maxOrderAmt\":\"4000000\",\"maxLimitOrderQty\":\"\(largest)\",\"maxMarketOrderQty\":\"\(largest)\","
                + "\"postOnlyMaxLimitOrderSize\":\"\(largest)\"},"
                + "\"priceFilter\":{\"tickSize\":\"\(tick)\"},\(risk),\"symbolType\":\"\"}"
        )
    }

    private static func writeOption(_ market: SymbolMarket, to out: inout ByteBuffer) {
        let spec = market.spec
        let terms = OptionTerms(symbol: spec.symbol)
        let (tick, step, _) = grid(of: spec)
        let kind = terms?.isCall == false ? "Put" : "Call"
        out.writeString(
            "{\"symbol\":\"\(spec.symbol)\",\"status\":\"\(market.status)\",\"baseCoin\":\"\(spec.coins.base)\","
                + "\"quoteCoin\":\"\(terms?.settle ?? "USD")\",\"settleCoin\":\"\(terms?.settle ?? "USDC")\","
                + "\"optionsType\":\"\(kind)\",\"launchTime\":\"\(launchTime)\","
                + "\"deliveryTime\":\"\(terms?.expiryMs ?? 0)\",\"deliveryFeeRate\":\"0.00015\","
                + "\"priceFilter\":{\"minPrice\":\"\(tick)\",\"maxPrice\":\"10000000\",\"tickSize\":\"\(tick)\"},"
                + "\"lotSizeFilter\":{\"maxOrderQty\":\"500\",\"minOrderQty\":\"\(step)\",\"qtyStep\":\"\(step)\"},"
                + "\"displayName\":\"\(spec.symbol)\"}"
        )
    }

    private static func writePerpetual(_ market: SymbolMarket, to out: inout ByteBuffer) {
        let spec = market.spec
        let (base, quote) = spec.coins
        let (tick, step, largest) = grid(of: spec)
        let maxPrice = Fixed(units: spec.tick.units * 19_999_998).text(decimals: spec.priceDecimals)
        let kind = market.category == .linear ? "LinearPerpetual" : "InversePerpetual"
        let minutes = (market.figures?.fundingIntervalHours ?? 8) * 60
        out.writeString(
            "{\"symbol\":\"\(spec.symbol)\",\"contractType\":\"\(kind)\",\"status\":\"\(market.status)\","
                + "\"baseCoin\":\"\(base)\",\"quoteCoin\":\"\(quote)\",\"launchTime\":\"\(launchTime)\","
                + "\"deliveryTime\":\"0\",\"deliveryFeeRate\":\"\",\"priceScale\":\"\(spec.priceDecimals)\","
                + "\"leverageFilter\":{\"minLeverage\":\"1\",\"maxLeverage\":\"100.00\",\"leverageStep\":\"0.01\"},"
                + "\"priceFilter\":{\"minPrice\":\"\(tick)\",\"maxPrice\":\"\(maxPrice)\",\"tickSize\":\"\(tick)\"},"
                + "\"lotSizeFilter\":{\"maxOrderQty\":\"\(largest)\",\"minOrderQty\":\"\(step)\",\"qtyStep\":\"\(step)\","
                + "\"postOnlyMaxOrderQty\":\"\(largest)\",\"maxMktOrderQty\":\"\(largest)\",\"minNotionalValue\":\"5\"},"
                + "\"unifiedMarginTrade\":true,\"fundingInterval\":\(minutes),\"settleCoin\":\"\(spec.settleCoin)\","
                + "\"copyTrading\":\"none\",\"upperFundingRate\":\"0.005\",\"lowerFundingRate\":\"-0.005\","
                + "\"isPreListing\":false,\"preListingInfo\":null,\(risk),"
                + "\"displayName\":\"\",\"symbolType\":\"\",\"symbolId\":\(SeededRandom.seed(0, for: spec.name) % 10_000)}"
        )
    }

    private static func grid(of spec: InstrumentSpec) -> (tick: String, step: String, largest: String) {
        (
            spec.tick.text(decimals: spec.priceDecimals), spec.step.text(decimals: spec.quantityDecimals),
            Fixed(units: spec.step.units * 1_000_000).text(decimals: spec.quantityDecimals)
        )
    }
}
