/// Reads one recorded Bybit v5 message into what happened in the market.
///
/// - Shape: one JSON object in, an event out; nil for acks, pongs and topics that are not replayed.
/// - Errors: the text of what is wrong with it; the caller adds file and line.
struct RecordedMessage {
    let event: MarketEvent
    let timeMs: Int64
    let priceDecimals: Int
    let quantityDecimals: Int

    struct Malformed: Error {
        let why: String
    }

    init?(_ json: JSONValue, text: @autoclosure () -> String) throws(Malformed) {
        guard let topicText = json["topic"]?.string, let data = json["data"] else { return nil }
        let parts = topicText.split(separator: ".")
        guard let symbol = parts.last.map(String.init), InstrumentSpec.isSymbol(symbol) else { return nil }
        guard let timeMs = json["ts"]?.integer else { throw Malformed(why: "\(topicText) has no ts") }
        self.timeMs = timeMs
        let isSnapshot = json["type"]?.string == "snapshot"
        switch parts.first {
        case "orderbook":
            guard parts.count == 3, let depth = Int(parts[1]), let updateID = data["u"]?.integer,
                updateID >= 0
            else {
                throw Malformed(why: "\(topicText) has no update id")
            }
            let (bids, asks) = (try LevelList(data["b"]), try LevelList(data["a"]))
            priceDecimals = max(bids.priceDecimals, asks.priceDecimals)
            quantityDecimals = max(bids.quantityDecimals, asks.quantityDecimals)
            event = .book(
                BookUpdate(
                    symbol: symbol,
                    isSnapshot: isSnapshot || updateID == 1,
                    bids: bids.levels,
                    asks: asks.levels,
                    timeMs: timeMs,
                    engineMs: json["cts"]?.integer ?? timeMs,
                    sequence: UInt64(max(0, data["seq"]?.integer ?? 0)),
                    recorded: BookUpdate.Recorded(depth: depth, updateID: UInt64(updateID))
                )
            )
        case "publicTrade":
            var decimals = (price: 0, quantity: 0)
            var trades: [Trade] = []
            for entry in data.array ?? [] {
                guard let at = entry["T"]?.integer, let price = Fixed.read((entry["p"]?.scalar ?? "").utf8),
                    let size = Fixed.read((entry["v"]?.scalar ?? "").utf8), let side = entry["S"]?.string,
                    let id = entry["i"]?.scalar
                else { throw Malformed(why: "a trade lacks T, p, v, S or i") }
                decimals = (max(decimals.price, price.decimals), max(decimals.quantity, size.decimals))
                trades.append(
                    Trade(
                        id: id,
                        timeMs: at,
                        price: price.value,
                        quantity: size.value,
                        takerBuys: side == "Buy",
                        sequence: UInt64(max(0, entry["seq"]?.integer ?? 0))
                    )
                )
            }
            (priceDecimals, quantityDecimals) = decimals
            event = .trades(TradeBatch(symbol: symbol, timeMs: timeMs, trades: trades))
        case "tickers":
            let fields = (data.members ?? []).compactMap { member in
                member.value.scalar.map { TickerField(name: member.name, value: $0) }
            }
            priceDecimals = Fixed.read((data["lastPrice"]?.scalar ?? "").utf8)?.decimals ?? 0
            quantityDecimals = 0
            event = .ticker(
                symbol: symbol,
                fields: fields,
                isSnapshot: isSnapshot,
                sequence: UInt64(max(0, json["cs"]?.integer ?? 0)),
                timeMs: timeMs
            )
        case "kline":
            guard let topic = Topic(topicText) else { return nil }
            (priceDecimals, quantityDecimals) = (0, 0)
            event = .verbatim(topic, text: text(), timeMs: timeMs)
        default: return nil
        }
    }

    var symbol: String? {
        switch event {
        case .book(let update): update.symbol
        case .trades(let batch): batch.symbol
        case .ticker(let symbol, _, _, _, _): symbol
        case .verbatim(let topic, _, _): topic.symbol
        case .listed, .history, .figures, .clock: nil
        }
    }

    private struct LevelList {
        var levels: [BookLevel] = []
        var priceDecimals = 0
        var quantityDecimals = 0

        init(_ json: JSONValue?) throws(Malformed) {
            for entry in json?.array ?? [] {
                guard let pair = entry.array, pair.count >= 2,
                    let price = Fixed.read((pair[0].scalar ?? "").utf8),
                    let size = Fixed.read((pair[1].scalar ?? "").utf8)
                else { throw Malformed(why: "a book level is no [price,size]") }
                levels.append(BookLevel(price: price.value, size: size.value))
                priceDecimals = max(priceDecimals, price.decimals)
                quantityDecimals = max(quantityDecimals, size.decimals)
            }
        }
    }
}
