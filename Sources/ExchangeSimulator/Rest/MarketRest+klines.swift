import NIOCore

/// Candles of trades, and of the mark price, the index and the premium between them.
extension MarketRest {
    private static let perpetuals: Set<Category> = [.linear, .inverse]

    private struct KlineQuery {
        let market: SymbolMarket
        let interval: KlineInterval
        let limit: Int
        let start: Int64
        let end: Int64

        /// Newest first, cut to the asked span and number.
        func selected(_ candles: [Candle]) -> [Candle] {
            candles.filter { $0.startMs >= start && $0.startMs <= end }.suffix(limit).reversed()
        }
    }

    func kline(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let asked = try klineQuery(query, of: [.linear, .inverse, .spot])
        guard let series = asked.market.series.first(where: { $0.interval == asked.interval }) else {
            throw BadParameter(message: "params error: Invalid period!")
        }
        let candles = Array(series.closed) + (series.current.map { [$0] } ?? [])
        let spec = asked.market.spec
        return rows(asked.selected(candles), of: asked.market) { candle, out in
            MarketRest.writePrices(candle, decimals: spec.priceDecimals, to: &out)
            out.write(",")
            out.writeQuoted(units: candle.volume, decimals: spec.quantityDecimals)
            out.write(",")
            out.writeQuoted(units: candle.turnover, decimals: 8)
        }
    }

    func markKline(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let asked = try klineQuery(query, of: MarketRest.perpetuals)
        return priceRows(asked, SymbolLog.gathered(asked.market.log.mark, as: asked.interval))
    }

    func indexKline(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let asked = try klineQuery(query, of: MarketRest.perpetuals)
        return priceRows(asked, SymbolLog.gathered(asked.market.log.index, as: asked.interval))
    }

    /// Open, high, low and close of mark against index, as fractions of the index.
    func premiumKline(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let asked = try klineQuery(query, of: [.linear])
        let marks = SymbolLog.gathered(asked.market.log.mark, as: asked.interval)
        let indices = SymbolLog.gathered(asked.market.log.index, as: asked.interval)
        let premiums = zip(marks, indices).map { mark, index in
            let open = MarketRest.premium(mark.open, index.open)
            let close = MarketRest.premium(mark.close, index.close)
            let (high, low) = (
                MarketRest.premium(mark.high, index.high), MarketRest.premium(mark.low, index.low)
            )
            return Candle(
                startMs: mark.startMs,
                open: open,
                high: max(open, close, high, low),
                low: min(open, close, high, low),
                close: close,
                lastTradeMs: mark.lastTradeMs
            )
        }
        return rows(asked.selected(premiums), of: asked.market) { candle, out in
            MarketRest.writePrices(candle, decimals: 6, to: &out)
        }
    }

    // MARK: Private

    private func klineQuery(
        _ query: RestQuery,
        of allowed: Set<Category>
    ) throws(BadParameter) -> KlineQuery {
        let category = query["category"] == nil ? Category.linear : try query.category(of: allowed)
        let market = try market(query, in: category)
        guard let interval = query["interval"].flatMap(KlineInterval.init(rawValue:)) else {
            throw BadParameter(message: "params error: Invalid period!")
        }
        return KlineQuery(
            market: market,
            interval: interval,
            limit: try query.limit(200, max: 1000),
            start: try query.integer("start") ?? 0,
            end: try query.integer("end") ?? .max
        )
    }

    private func priceRows(_ asked: KlineQuery, _ candles: [Candle]) -> ByteBuffer {
        let decimals = asked.market.spec.priceDecimals
        return rows(asked.selected(candles), of: asked.market) { candle, out in
            MarketRest.writePrices(candle, decimals: decimals, to: &out)
        }
    }

    private func rows(
        _ candles: [Candle],
        of market: SymbolMarket,
        columns: (Candle, inout ByteBuffer) -> Void
    ) -> ByteBuffer {
        let category = market.category.rawValue
        var out = ByteBuffer(
            string: "{\"symbol\":\"\(market.spec.symbol)\",\"category\":\"\(category)\",\"list\":["
        )
        for (index, candle) in candles.enumerated() {
            out.write(index > 0 ? ",[\"" : "[\"")
            out.write(candle.startMs)
            out.write("\"")
            columns(candle, &out)
            out.write("]")
        }
        out.write("]}")
        return out
    }

    private static func writePrices(_ candle: Candle, decimals: Int, to out: inout ByteBuffer) {
        for price in [candle.open, candle.high, candle.low, candle.close] {
            out.write(",")
            out.writeQuoted(price, decimals: decimals)
        }
    }

    private static func premium(_ mark: Fixed, _ index: Fixed) -> Fixed {
        guard index.units != 0 else { return .zero }
        let ratio = Int128(mark.units - index.units) * Int128(Fixed.unitsPerOne) / Int128(index.units)
        return Fixed(units: Int64(clamping: ratio))
    }
}
