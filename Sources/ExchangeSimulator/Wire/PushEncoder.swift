import NIOCore

/// Writes the pushes of the public stream.
///
/// - Shape: one JSON object per message, members in the order the exchange has them.
/// - Units: prices and sizes with the decimals of the instrument, times in Unix milliseconds.
struct PushEncoder {
    let spec: InstrumentSpec
    let stamps: StampClock

    private var isSpot: Bool { spec.category == .spot }
    private var isOption: Bool { spec.category == .option }

    func book(_ push: DepthFeed.Push, depth: Int, timeMs: Int64) -> ByteBuffer {
        let levels = push.bids.count + push.asks.count
        var out = ByteBufferAllocator().buffer(capacity: 256 + 40 * levels)
        out.write("{\"topic\":\"orderbook.")
        out.write(depth)
        out.write(".")
        out.writeString(spec.symbol)
        // Spot has the time before the type.
        if isSpot { writeTime(timeMs, to: &out, after: "\",\"ts\":") } else { out.write("\"") }
        out.write(push.isSnapshot ? ",\"type\":\"snapshot\"" : ",\"type\":\"delta\"")
        if !isSpot { writeTime(timeMs, to: &out, after: ",\"ts\":") }
        out.write(",\"data\":{\"s\":\"")
        out.writeString(spec.symbol)
        out.write("\",\"b\":")
        writeLevels(push.bids, to: &out)
        out.write(",\"a\":")
        writeLevels(push.asks, to: &out)
        out.write(",\"u\":")
        out.write(push.updateID)
        out.write(",\"seq\":")
        out.write(push.sequence)
        if isOption {
            out.write("}}")
            return out
        }
        writeTime(push.engineMs, to: &out, after: "},\"cts\":")
        out.write("}")
        return out
    }

    func trades(_ batch: TradeBatch, directions: [TickDirection], figures: MarketFigures?) -> ByteBuffer {
        var out = ByteBufferAllocator().buffer(capacity: 160 + 256 * batch.trades.count)
        let topic = isOption ? spec.coins.base : spec.symbol
        if isOption {
            out.write("{\"id\":\"publicTrade.")
            out.writeString("\(topic)-\(batch.trades.last?.sequence ?? 0)-\(stamps.stamp(batch.timeMs))")
            out.write("\",\"topic\":\"publicTrade.")
        } else {
            out.write("{\"topic\":\"publicTrade.")
        }
        out.writeString(topic)
        writeTime(batch.timeMs, to: &out, after: "\",\"type\":\"snapshot\",\"ts\":")
        out.write(",\"data\":[")
        for (index, trade) in batch.trades.enumerated() {
            if index > 0 { out.write(",") }
            writeTime(trade.timeMs, to: &out, after: "{\"T\":")
            out.write(",\"s\":\"")
            out.writeString(spec.symbol)
            out.write(trade.takerBuys ? "\",\"S\":\"Buy\",\"v\":" : "\",\"S\":\"Sell\",\"v\":")
            out.writeQuoted(trade.quantity, decimals: spec.quantityDecimals)
            out.write(",\"p\":")
            out.writeQuoted(trade.price, decimals: spec.priceDecimals)
            if !isSpot {
                out.write(",\"L\":\"")
                out.writeString(directions[index].rawValue)
                out.write("\"")
            }
            out.write(",\"i\":\"")
            out.writeString(isSpot ? PushEncoder.spotID(trade.id) : trade.id)
            out.write("\",\"BT\":false,\"RPI\":false,\"seq\":")
            out.write(trade.sequence)
            if isOption, let figures, let option = figures.option {
                out.write(",\"mP\":")
                out.writeQuoted(figures.mark, decimals: 8)
                out.write(",\"iP\":")
                out.writeQuoted(figures.index, decimals: 2)
                out.write(",\"mIv\":")
                out.writeQuoted(option.markVolatility, decimals: 4)
                out.write(",\"iv\":")
                out.writeQuoted(option.markVolatility, decimals: 4)
            }
            out.write("}")
        }
        out.write("]}")
        return out
    }

    func ticker(_ fields: [TickerField], isSnapshot: Bool, sequence: UInt64, timeMs: Int64) -> ByteBuffer {
        var out = ByteBufferAllocator().buffer(capacity: 1024)
        if isOption {
            out.write("{\"id\":\"tickers.")
            out.writeString("\(spec.symbol)-\(sequence)-\(stamps.stamp(timeMs))")
            out.write("\",\"topic\":\"tickers.")
            out.writeString(spec.symbol)
            writeTime(timeMs, to: &out, after: "\",\"ts\":")
            out.write(",\"data\":")
            PushEncoder.writeFields(fields, to: &out)
            out.write(",\"type\":\"snapshot\"}")
            return out
        }
        out.write("{\"topic\":\"tickers.")
        out.writeString(spec.symbol)
        if isSpot {
            writeTime(timeMs, to: &out, after: "\",\"ts\":")
            out.write(",\"type\":\"snapshot\",\"cs\":")
            out.write(sequence)
            out.write(",\"data\":")
            PushEncoder.writeFields(fields, to: &out)
            out.write("}")
            return out
        }
        out.write(isSnapshot ? "\",\"type\":\"snapshot\",\"data\":" : "\",\"type\":\"delta\",\"data\":")
        PushEncoder.writeFields(fields, to: &out)
        out.write(",\"cs\":")
        out.write(sequence)
        writeTime(timeMs, to: &out, after: ",\"ts\":")
        out.write("}")
        return out
    }

    func kline(_ candle: Candle, interval: KlineInterval, isClosed: Bool, timeMs: Int64) -> ByteBuffer {
        var out = ByteBufferAllocator().buffer(capacity: 512)
        out.write("{\"topic\":\"kline.")
        out.writeString(interval.rawValue)
        out.write(".")
        out.writeString(spec.symbol)
        out.write("\",\"data\":[{\"start\":")
        out.write(candle.startMs)
        out.write(",\"end\":")
        out.write(interval.end(after: candle.startMs) - 1)
        out.write(",\"interval\":\"")
        out.writeString(interval.rawValue)
        out.write("\",\"open\":")
        out.writeQuoted(candle.open, decimals: spec.priceDecimals)
        out.write(",\"close\":")
        out.writeQuoted(candle.close, decimals: spec.priceDecimals)
        out.write(",\"high\":")
        out.writeQuoted(candle.high, decimals: spec.priceDecimals)
        out.write(",\"low\":")
        out.writeQuoted(candle.low, decimals: spec.priceDecimals)
        out.write(",\"volume\":")
        out.writeQuoted(units: candle.volume, decimals: spec.quantityDecimals)
        out.write(",\"turnover\":")
        out.writeQuoted(units: candle.turnover, decimals: 8)
        out.write(isClosed ? ",\"confirm\":true,\"timestamp\":" : ",\"confirm\":false,\"timestamp\":")
        out.write(stamps.stamp(candle.lastTradeMs))
        writeTime(timeMs, to: &out, after: "}],\"ts\":")
        out.write(",\"type\":\"snapshot\"}")
        return out
    }

    func liquidations(_ gathered: [Liquidation], timeMs: Int64) -> ByteBuffer {
        var out = ByteBufferAllocator().buffer(capacity: 128 + 128 * gathered.count)
        out.write("{\"topic\":\"allLiquidation.")
        out.writeString(spec.symbol)
        writeTime(timeMs, to: &out, after: "\",\"type\":\"snapshot\",\"ts\":")
        out.write(",\"data\":[")
        for (index, liquidation) in gathered.enumerated() {
            if index > 0 { out.write(",") }
            writeTime(liquidation.timeMs, to: &out, after: "{\"T\":")
            out.write(",\"s\":\"")
            out.writeString(spec.symbol)
            out.write(liquidation.wasLong ? "\",\"S\":\"Buy\",\"v\":" : "\",\"S\":\"Sell\",\"v\":")
            out.writeQuoted(liquidation.quantity, decimals: spec.quantityDecimals)
            out.write(",\"p\":")
            out.writeQuoted(liquidation.price, decimals: spec.priceDecimals)
            out.write("}")
        }
        out.write("]}")
        return out
    }

    func priceLimit(_ limits: PriceLimits, timeMs: Int64) -> ByteBuffer {
        var out = ByteBufferAllocator().buffer(capacity: 256)
        out.write("{\"topic\":\"priceLimit.")
        out.writeString(spec.symbol)
        out.write("\",\"data\":{\"symbol\":\"")
        out.writeString(spec.symbol)
        out.write("\",\"buyLmt\":")
        out.writeQuoted(limits.highestBid, decimals: spec.priceDecimals)
        out.write(",\"sellLmt\":")
        out.writeQuoted(limits.lowestAsk, decimals: spec.priceDecimals)
        writeTime(timeMs, to: &out, after: "},\"ts\":")
        out.write("}")
        return out
    }

    func writeLevels(_ levels: [BookLevel], to out: inout ByteBuffer) {
        out.write("[")
        for (index, level) in levels.enumerated() {
            out.write(index > 0 ? ",[" : "[")
            out.writeQuoted(level.price, decimals: spec.priceDecimals)
            if level.size == .zero {
                out.write(",\"0\"]")
            } else {
                out.write(",")
                out.writeQuoted(level.size, decimals: spec.quantityDecimals)
                out.write("]")
            }
        }
        out.write("]")
    }

    /// Names and values are the simulator's or a recording's own plain text, of which only the latter may need escapes.
    static func writeFields(_ fields: [TickerField], to out: inout ByteBuffer) {
        out.write("{\"")
        for (index, field) in fields.enumerated() {
            if index > 0 { out.write(",\"") }
            out.writeString(field.name)
            out.write("\":")
            out.writeQuoted(field.value)
        }
        out.write("}")
    }

    /// Spot trade ids are decimal numbers; a generated UUID gives its own digits for one.
    static func spotID(_ id: String) -> String {
        guard id.utf8.contains(UInt8(ascii: "-")) else { return id }
        return String(SeededRandom.seed(0, for: id) >> 2)
    }

    private func writeTime(_ timeMs: Int64, to out: inout ByteBuffer, after label: StaticString) {
        out.write(label)
        out.write(stamps.stamp(timeMs))
    }
}
