/// A recorded message, and what it says of the market.
struct RecordedPush: Equatable, Sendable {
    let topic: Topic
    /// Nil where the recording does not tell.
    let category: Category?
    /// What events call the market it is about.
    let name: String
    let text: String
    let timeMs: Int64
    /// Nil for what is passed on without being followed: candles, liquidations, price limits, options' trades.
    let event: MarketEvent?
}

/// Reads one recorded Bybit v5 message into what happened in the market.
///
/// - Shape: one JSON object in, an event out; nil for acks, pongs and topics that are not replayed.
/// - Errors: the text of what is wrong with it; the caller adds file and line.
struct RecordedMessage {
    let symbol: String
    let timeMs: Int64
    private(set) var priceDecimals = 0
    private(set) var quantityDecimals = 0
    /// Of a book.
    private(set) var depth: Int?
    private let name: String
    private let category: Category?
    private let topic: Topic?
    private var state: MarketEvent?

    struct Malformed: Error {
        let why: String
    }

    /// The event to replay: what the message says, and its own words.
    func event(text: @autoclosure () -> String) -> MarketEvent? {
        guard let topic else { return state }
        return .recorded(
            RecordedPush(
                topic: topic,
                category: category,
                name: name,
                text: text(),
                timeMs: timeMs,
                event: state
            )
        )
    }

    init?(_ json: JSONValue, category: Category?) throws(Malformed) {
        guard let topicText = json["topic"]?.string, let data = json["data"] else { return nil }
        let parts = topicText.split(separator: ".")
        guard let symbol = parts.last.map(String.init), InstrumentSpec.isSymbol(symbol) else { return nil }
        guard let timeMs = json["ts"]?.integer else { throw Malformed(why: "\(topicText) has no ts") }
        let name = category.map { $0.rawValue + ":" + symbol } ?? symbol
        (self.symbol, self.timeMs, self.category, self.name) = (symbol, timeMs, category, name)
        topic = Topic(topicText)
        let isSnapshot = json["type"]?.string == "snapshot"
        switch parts.first {
        case "orderbook":
            guard parts.count == 3, let depth = Int(parts[1]), let updateID = data["u"]?.integer,
                updateID >= 0
            else {
                throw Malformed(why: "\(topicText) has no update id")
            }
            self.depth = depth
            let (bids, asks) = (try LevelList(data["b"]), try LevelList(data["a"]))
            priceDecimals = max(bids.priceDecimals, asks.priceDecimals)
            quantityDecimals = max(bids.quantityDecimals, asks.quantityDecimals)
            state = .book(
                BookUpdate(
                    symbol: name,
                    isSnapshot: isSnapshot || updateID == 1,
                    bids: bids.levels,
                    asks: asks.levels,
                    timeMs: timeMs,
                    engineMs: json["cts"]?.integer ?? timeMs,
                    sequence: UInt64(max(0, data["seq"]?.integer ?? 0)),
                    recorded: BookUpdate.Recorded(depth: depth, updateID: UInt64(updateID))
                )
            )
        case "publicTrade" where category == .option: break
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
            state = .trades(TradeBatch(symbol: name, timeMs: timeMs, trades: trades))
        case "tickers":
            let fields = (data.members ?? []).compactMap { member in
                member.value.scalar.map { TickerField(name: member.name, value: $0) }
            }
            priceDecimals = Fixed.read((data["lastPrice"]?.scalar ?? "").utf8)?.decimals ?? 0
            state = .ticker(
                symbol: name,
                fields: fields,
                isSnapshot: isSnapshot,
                sequence: UInt64(max(0, json["cs"]?.integer ?? 0)),
                timeMs: timeMs
            )
        case "kline", "allLiquidation", "priceLimit": guard topic != nil else { return nil }
        default: return nil
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
