import NIOCore

/// Writes the pushes of the public stream.
///
/// - Shape: one JSON object per message, members in the order the exchange has them.
/// - Units: prices and sizes with the decimals of the instrument, times in Unix milliseconds.
struct PushEncoder {
    let spec: InstrumentSpec

    func book(
        _ push: DepthFeed.Push,
        depth: Int,
        timeMs: Int64,
        engineMs: Int64,
        sequence: UInt64
    ) -> ByteBuffer {
        var out = opening(.book(depth: depth, spec.symbol), isSnapshot: push.isSnapshot, reserve: 4096)
        out.write(",\"ts\":")
        out.write(timeMs)
        out.write(",\"data\":{\"s\":\"")
        out.writeString(spec.symbol)
        out.write("\",\"b\":")
        writeLevels(push.bids, to: &out)
        out.write(",\"a\":")
        writeLevels(push.asks, to: &out)
        out.write(",\"u\":")
        out.write(push.updateID)
        out.write(",\"seq\":")
        out.write(sequence)
        out.write("},\"cts\":")
        out.write(engineMs)
        out.write("}")
        return out
    }

    func trades(_ batch: TradeBatch, directions: [TickDirection], isSpot: Bool) -> ByteBuffer {
        var out = opening(.trade(spec.symbol), isSnapshot: true, reserve: 256 * batch.trades.count)
        out.write(",\"ts\":")
        out.write(batch.timeMs)
        out.write(",\"data\":[")
        for (index, trade) in batch.trades.enumerated() {
            if index > 0 { out.write(",") }
            out.write("{\"T\":")
            out.write(trade.timeMs)
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
            out.write(",\"i\":")
            out.writeQuoted(isSpot ? PushEncoder.spotID(trade) : trade.id)
            out.write(",\"BT\":false,\"RPI\":false,\"seq\":")
            out.write(trade.sequence)
            out.write("}")
        }
        out.write("]}")
        return out
    }

    func ticker(
        _ fields: [TickerField],
        isSnapshot: Bool,
        isSpot: Bool,
        sequence: UInt64,
        timeMs: Int64
    ) -> ByteBuffer {
        var out: ByteBuffer
        if isSpot {
            out = ByteBufferAllocator().buffer(capacity: 512)
            out.write("{\"topic\":\"tickers.")
            out.writeString(spec.symbol)
            out.write("\",\"ts\":")
            out.write(timeMs)
            out.write(",\"type\":\"snapshot\",\"cs\":")
            out.write(sequence)
            out.write(",\"data\":")
            PushEncoder.writeFields(fields, to: &out)
            out.write("}")
            return out
        }
        out = opening(.ticker(spec.symbol), isSnapshot: isSnapshot, reserve: 1024)
        out.write(",\"data\":")
        PushEncoder.writeFields(fields, to: &out)
        out.write(",\"cs\":")
        out.write(sequence)
        out.write(",\"ts\":")
        out.write(timeMs)
        out.write("}")
        return out
    }

    func kline(_ candle: Candle, interval: KlineInterval, isClosed: Bool, timeMs: Int64) -> ByteBuffer {
        var out = ByteBufferAllocator().buffer(capacity: 512)
        out.write("{\"topic\":\"")
        out.writeString(Topic.kline(interval, spec.symbol).text)
        out.write("\",\"data\":[{\"start\":")
        out.write(candle.startMs)
        out.write(",\"end\":")
        out.write(interval.end(after: candle.startMs) - 1)
        out.write(",\"interval\":\"")
        out.writeString(interval.rawValue)
        let prices: [(StaticString, Fixed)] = [
            ("\",\"open\":", candle.open), (",\"close\":", candle.close), (",\"high\":", candle.high),
            (",\"low\":", candle.low),
        ]
        for (label, price) in prices {
            out.write(label)
            out.writeQuoted(price, decimals: spec.priceDecimals)
        }
        out.write(",\"volume\":")
        out.writeQuoted(units: candle.volume, decimals: spec.quantityDecimals)
        out.write(",\"turnover\":")
        out.writeQuoted(units: candle.turnover, decimals: 8)
        out.write(isClosed ? ",\"confirm\":true,\"timestamp\":" : ",\"confirm\":false,\"timestamp\":")
        out.write(candle.lastTradeMs)
        out.write("}],\"ts\":")
        out.write(timeMs)
        out.write(",\"type\":\"snapshot\"}")
        return out
    }

    func writeLevels(_ levels: [BookLevel], to out: inout ByteBuffer) {
        out.write("[")
        for (index, level) in levels.enumerated() {
            out.write(index > 0 ? ",[" : "[")
            out.writeQuoted(level.price, decimals: spec.priceDecimals)
            if level.size == .zero {
                out.write(",\"0\"")
            } else {
                out.write(",")
                out.writeQuoted(level.size, decimals: spec.quantityDecimals)
            }
            out.write("]")
        }
        out.write("]")
    }

    static func writeFields(_ fields: [TickerField], to out: inout ByteBuffer) {
        out.write("{")
        for (index, field) in fields.enumerated() {
            if index > 0 { out.write(",") }
            out.writeQuoted(field.name)
            out.write(":")
            out.writeQuoted(field.value)
        }
        out.write("}")
    }

    /// Spot trade ids are decimal numbers; a generated UUID gives its own digits for one.
    static func spotID(_ trade: Trade) -> String {
        guard trade.id.contains("-") else { return trade.id }
        return String(SeededRandom.seed(0, for: trade.id) >> 2)
    }

    private func opening(_ topic: Topic, isSnapshot: Bool, reserve: Int) -> ByteBuffer {
        var out = ByteBufferAllocator().buffer(capacity: reserve)
        out.write("{\"topic\":\"")
        out.writeString(topic.text)
        out.write(isSnapshot ? "\",\"type\":\"snapshot\"" : "\",\"type\":\"delta\"")
        return out
    }
}
