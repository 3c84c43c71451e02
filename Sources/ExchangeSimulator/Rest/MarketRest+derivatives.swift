import NIOCore

/// What only derivatives have: funding, open interest, insurance, limits and deliveries.
extension MarketRest {
    private static let perpetuals: Set<Category> = [.linear, .inverse]
    private static let sampleLengths = [
        "5min": 300_000, "15min": 900_000, "30min": 1_800_000, "1h": 3_600_000, "4h": 14_400_000,
        "1d": 86_400_000,
    ]

    func fundingHistory(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let category = try query.category(of: MarketRest.perpetuals)
        let market = try market(query, in: category)
        let limit = try query.limit(200, max: 200)
        let start = try query.integer("startTime")
        let end = try query.integer("endTime")
        if start != nil, end == nil {
            throw BadParameter(message: "params error: startTime needs endTime")
        }
        let wanted = market.log.settlements.filter {
            $0.timeMs >= start ?? 0 && $0.timeMs <= end ?? .max
        }
        var out = ByteBuffer(string: "{\"category\":\"\(category.rawValue)\",\"list\":[")
        for (index, settlement) in wanted.suffix(limit).reversed().enumerated() {
            if index > 0 { out.write(",") }
            out.writeString("{\"symbol\":\"\(market.spec.symbol)\",\"fundingRate\":")
            out.writeQuoted(settlement.rate, decimals: 8)
            out.writeString(",\"fundingRateTimestamp\":\"\(settlement.timeMs)\"}")
        }
        out.write("]}")
        return out
    }

    func openInterest(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let category = try query.category(of: MarketRest.perpetuals)
        let market = try market(query, in: category)
        let wanted = try samples(of: market, query, interval: "intervalTime")
        let limit = try query.limit(50, max: 200)
        let decimals = market.spec.quantityDecimals
        let step = market.spec.step.units
        return try list(
            wanted,
            of: category,
            query: query,
            limit: limit,
            before: "\"symbol\":\"\(market.spec.symbol)\","
        ) { sample, out in
            out.write("{\"openInterest\":")
            out.writeQuoted(sample.openInterest, decimals: decimals)
            out.write(",\"singleOpenInterest\":")
            out.writeQuoted(Fixed(units: sample.openInterest.units / 2 / step * step), decimals: decimals)
            out.writeString(",\"timestamp\":\"\(sample.timeMs)\"}")
        }
    }

    /// Accounts that are long against those that are short, derived from the open interest's last digits.
    func accountRatio(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let category = try query.category(of: MarketRest.perpetuals)
        let market = try market(query, in: category)
        let wanted = try samples(of: market, query, interval: "period")
        let limit = try query.limit(50, max: 500)
        return try list(wanted, of: category, query: query, limit: limit) { sample, out in
            let buyers = 4500 + sample.openInterest.units / market.spec.step.units % 1000
            out.writeString(
                "{\"symbol\":\"\(market.spec.symbol)\",\"buyRatio\":\"0.\(buyers)\","
                    + "\"sellRatio\":\"0.\(10_000 - buyers)\",\"timestamp\":\"\(sample.timeMs)\"}"
            )
        }
    }

    func insurance(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let coin = query["coin"]
        let pools = exchange.pools.pools.filter { coin == nil || $0.coin == coin }
        let updated = pools.map(\.updatedMs).max().flatMap { $0 > 0 ? $0 : nil } ?? exchange.nowMs
        var out = ByteBuffer(string: "{\"updatedTime\":\"\(updated)\",\"list\":[")
        for (index, pool) in pools.enumerated() {
            if index > 0 { out.write(",") }
            out.writeString(
                "{\"coin\":\"\(pool.coin)\",\"symbols\":\"\(pool.symbols.joined(separator: ","))\""
            )
            out.write(",\"balance\":")
            out.writeQuoted(units: pool.balance, decimals: 8)
            out.write(",\"value\":")
            out.writeQuoted(units: pool.balance, decimals: 8)
            out.write("}")
        }
        out.write("]}")
        return out
    }

    /// The same figures as the stream's alerts, as strings.
    func adlAlert(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let symbol = query["symbol"]
        var out = ByteBuffer(string: "{\"updatedTime\":\"\(exchange.nowMs)\",\"list\":[")
        var isFirst = true
        for pool in exchange.pools.pools {
            for name in pool.symbols where symbol == nil || symbol == name {
                if !isFirst { out.write(",") }
                isFirst = false
                out.writeString("{\"coin\":\"\(pool.coin)\",\"symbol\":\"\(name)\",\"balance\":")
                out.writeQuoted(units: pool.balance, decimals: 8)
                out.write(",\"maxBalance\":")
                out.writeQuoted(units: pool.highest, decimals: 8)
                out.write(",\"insurancePnlRatio\":\"-0.3\",\"pnlRatio\":\"0\"")
                out.write(",\"adlTriggerThreshold\":\"-0.3\",\"adlStopRatio\":\"-0.25\"}")
            }
        }
        out.write("]}")
        return out
    }

    func riskLimit(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let category = try query.category(of: MarketRest.perpetuals)
        let tiers: [(value: Int, maintenance: String, initial: String, leverage: String, less: String)] = [
            (2_000_000, "0.005", "0.01", "100.00", ""), (10_000_000, "0.01", "0.02", "50.00", "10000"),
            (50_000_000, "0.02", "0.04", "25.00", "110000"),
        ]
        var rows: [(symbol: String, tier: Int)] = []
        for market in try markets(query, in: category) {
            for tier in tiers.indices { rows.append((market.spec.symbol, tier)) }
        }
        // The exchange gives fifteen symbols a page.
        return try list(rows, of: category, query: query, limit: 15 * tiers.count) { row, out in
            let tier = tiers[row.tier]
            out.writeString(
                "{\"id\":\(row.tier + 1),\"symbol\":\"\(row.symbol)\",\"riskLimitValue\":\"\(tier.value)\","
                    + "\"maintenanceMargin\":\"\(tier.maintenance)\",\"initialMargin\":\"\(tier.initial)\","
                    + "\"isLowestRisk\":\(row.tier == 0 ? 1 : 0),\"maxLeverage\":\"\(tier.leverage)\","
                    + "\"mmDeduction\":\"\(tier.less)\"}"
            )
        }
    }

    func priceLimit(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let category = query["category"] == nil ? Category.linear : try query.category()
        let market = try market(query, in: category)
        guard let limits = market.currentLimits() else {
            throw BadParameter(message: "params error: symbol invalid")
        }
        let decimals = market.spec.priceDecimals
        return ByteBuffer(
            string:
                "{\"symbol\":\"\(market.spec.symbol)\",\"buyLmt\":\"\(limits.highestBid.text(decimals: decimals))\","
                + "\"sellLmt\":\"\(limits.lowestAsk.text(decimals: decimals))\",\"ts\":\"\(exchange.nowMs)\"}"
        )
    }

    /// The result is a bare list here, as on the exchange.
    func historicalVolatility(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        _ = try query.category(of: [.option])
        let period = try query.integer("period") ?? 7
        guard [7, 14, 21, 30, 60, 90, 180, 270].contains(period) else {
            throw BadParameter(message: "params error: period invalid")
        }
        let base = query["baseCoin"] ?? "BTC"
        let hour: Int64 = 3_600_000
        let newest = exchange.nowMs / hour * hour
        let seed = SeededRandom.seed(UInt64(period), for: base)
        var out = ByteBuffer(string: "[")
        for back in Int64(0)..<48 {
            let timeMs = newest - back * hour
            var random = SeededRandom(seed: seed ^ UInt64(timeMs / (24 * hour)))
            let value = Fixed(units: 40_000_000 + random.below(30_000_000))
            out.write(back > 0 ? "," : "")
            out.writeString(
                "{\"period\":\(period),\"value\":\"\(value.text(decimals: 8))\",\"time\":\"\(timeMs)\"}"
            )
        }
        out.write("]")
        return out
    }

    /// Nothing has been delivered yet in a market that began a moment ago, but last Friday's options have.
    func deliveryPrice(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let category = try query.category(of: [.linear, .inverse, .option])
        let limit = try query.limit(50, max: 200)
        let options = try markets(query, in: category).filter { $0.figures?.option != nil }
        let week: Int64 = 604_800_000
        let last = OptionTerms.friday(afterMs: exchange.nowMs, daysAhead: 0) - week
        return try list(options, of: category, query: query, limit: limit) { market, out in
            let parts = market.spec.symbol.split(separator: "-")
            let symbol = ([parts[0], OptionTerms.code(ofMs: last)[...]] + parts.dropFirst(2)).joined(
                separator: "-"
            )
            let price = market.figures?.option?.underlying.text(decimals: 2) ?? "0"
            out.writeString(
                "{\"symbol\":\"\(symbol)\",\"deliveryPrice\":\"\(price)\",\"deliveryTime\":\"\(last)\"}"
            )
        }
    }

    // MARK: Private

    /// The samples of a span at one spacing, newest first.
    private func samples(
        of market: SymbolMarket,
        _ query: RestQuery,
        interval name: String
    ) throws(BadParameter) -> [SymbolLog.Sample] {
        guard let length = query[name].flatMap({ MarketRest.sampleLengths[$0] }) else {
            throw BadParameter(message: "params error: \(name) invalid")
        }
        let start = try query.integer("startTime") ?? 0
        let end = try query.integer("endTime") ?? .max
        return market.log.samples.filter {
            $0.timeMs >= start && $0.timeMs <= end && $0.timeMs % Int64(length) == 0
        }.reversed()
    }
}
