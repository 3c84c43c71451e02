import NIOCore

/// Writes one instrument as `/v5/market/instruments-info` lists it.
enum InstrumentEncoder {
    private static let launchTime = "1585526400000"

    static func write(_ spec: InstrumentSpec, category: Category, to out: inout ByteBuffer) {
        let (base, quote) = spec.coins
        let tick = spec.tick.text(decimals: spec.priceDecimals)
        let step = spec.step.text(decimals: spec.quantityDecimals)
        let largest = Fixed(units: spec.step.units * 1_000_000).text(decimals: spec.quantityDecimals)
        if category == .spot {
            let amounts =
                "\"minOrderQty\":\"\(step)\",\"maxOrderQty\":\"\(largest)\",\"minOrderAmt\":\"5\",\"maxOrderAmt\":\"4000000\""
            out.writeString(
                "{\"symbol\":\"\(spec.symbol)\",\"baseCoin\":\"\(base)\",\"quoteCoin\":\"\(quote)\",\"innovation\":\"0\","
                    + "\"status\":\"Trading\",\"marginTrading\":\"utaOnly\",\"stTag\":\"0\","
                    + "\"lotSizeFilter\":{\"basePrecision\":\"\(step)\",\"quotePrecision\":\"0.00000001\",\(amounts)},"
                    + "\"priceFilter\":{\"tickSize\":\"\(tick)\"},"
                    + "\"riskParameters\":{\"priceLimitRatioX\":\"0.01\",\"priceLimitRatioY\":\"0.02\"}}"
            )
            return
        }
        let maxPrice = Fixed(units: spec.tick.units * 19_999_998).text(decimals: spec.priceDecimals)
        let kind = category == .linear ? "LinearPerpetual" : "InversePerpetual"
        out.writeString(
            "{\"symbol\":\"\(spec.symbol)\",\"contractType\":\"\(kind)\",\"status\":\"Trading\","
                + "\"baseCoin\":\"\(base)\",\"quoteCoin\":\"\(quote)\",\"launchTime\":\"\(launchTime)\","
                + "\"deliveryTime\":\"0\",\"deliveryFeeRate\":\"\",\"priceScale\":\"\(spec.priceDecimals)\","
                + "\"leverageFilter\":{\"minLeverage\":\"1\",\"maxLeverage\":\"100.00\",\"leverageStep\":\"0.01\"},"
                + "\"priceFilter\":{\"minPrice\":\"\(tick)\",\"maxPrice\":\"\(maxPrice)\",\"tickSize\":\"\(tick)\"},"
                + "\"lotSizeFilter\":{\"maxOrderQty\":\"\(largest)\",\"minOrderQty\":\"\(step)\",\"qtyStep\":\"\(step)\","
                + "\"postOnlyMaxOrderQty\":\"\(largest)\",\"maxMktOrderQty\":\"\(largest)\",\"minNotionalValue\":\"5\"},"
                + "\"unifiedMarginTrade\":true,\"fundingInterval\":480,\"settleCoin\":\"\(category == .linear ? quote : base)\","
                + "\"copyTrading\":\"none\",\"upperFundingRate\":\"0.005\",\"lowerFundingRate\":\"-0.005\","
                + "\"isPreListing\":false,\"preListingInfo\":null,"
                + "\"riskParameters\":{\"priceLimitRatioX\":\"0.01\",\"priceLimitRatioY\":\"0.02\"}}"
        )
    }
}
