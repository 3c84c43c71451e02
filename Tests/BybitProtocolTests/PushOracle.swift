import BybitProtocol
import Contracts

/// What a push should give, told by the reference from Foundation's reading of it, as plain figures.
struct PushOracle {
    typealias Figures = [String: String]

    let category: Contracts.Category
    private var tickers: [String: [String: PlainJSON]] = [:]
    private var told: [String: String] = [:]
    private var hasBook: Set<String> = []

    init(category: Contracts.Category) { self.category = category }

    /// The stream that a topic names, and the rest of the name.
    static func stream(_ topic: String) -> (name: String, symbol: String)? {
        if topic == "system.status" { return (topic, topic) }
        var parts = topic.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1 else { return nil }
        let symbol = parts.removeLast()
        let known = [
            "tickers", "publicTrade", "allLiquidation", "liquidation", "priceLimit", "adlAlert", "insurance",
        ]
        if parts.count == 1, known.contains(parts[0]) { return (parts[0], symbol) }
        guard parts.count == 2 else { return nil }
        let lengths = ["1", "3", "5", "15", "30", "60", "120", "240", "360", "720", "D", "W", "M"]
        if parts[0] == "kline", lengths.contains(parts[1]) { return ("kline", symbol) }
        if parts[0] == "orderbook", let depth = Int(parts[1]), (1...1_000).contains(depth) {
            return ("orderbook", symbol)
        }
        return nil
    }

    mutating func events(of push: PlainJSON) -> [Figures] {
        guard let topic = push["topic"]?.text, let (name, symbol) = Self.stream(topic),
            let data = push["data"]
        else { return [] }
        let items = data.list ?? [data]
        switch name {
        case "publicTrade": return items.map { trade($0, symbol, push) }
        case "kline": return items.map { candle($0, symbol, topic) }
        case "orderbook": return book(data, symbol, topic, push)
        case "allLiquidation", "liquidation": return items.map { liquidation($0, symbol) }
        case "tickers": return ticker(data, symbol, push)
        case "priceLimit":
            return items.map {
                Self.plain([
                    "event": "market:price_limit", "instrument": instrument($0["symbol"]?.text ?? symbol),
                    "bid": $0["buyLmt"]?.text, "ask": $0["sellLmt"]?.text,
                ])
            }
        case "insurance":
            return items.map {
                Self.plain([
                    "event": "market:insurance", "coin": $0["coin"]?.text ?? "",
                    "symbols": $0["symbols"]?.text ?? "", "balance": $0["balance"]?.text,
                    "updated": $0["updateTime"]?.text,
                ])
            }
        case "adlAlert":
            return items.map {
                Self.plain([
                    "event": "market:adl_alert", "coin": $0["c"]?.text, "symbol": $0["s"]?.text,
                    "balance": $0["b"]?.text, "highest": $0["mb"]?.text, "ratio": $0["pr"]?.text,
                ])
            }
        default:
            return items.map {
                Self.plain([
                    "event": "market:exchange_status", "id": $0["id"]?.text, "title": $0["title"]?.text ?? "",
                    "state": $0["state"]?.text, "begin": $0["begin"]?.text,
                ])
            }
        }
    }

    private func instrument(_ symbol: String) -> String { "\(category.rawValue):\(symbol)" }

    private static func plain(_ figures: [String: String?]) -> Figures { figures.compactMapValues(\.self) }

    private func trade(_ item: PlainJSON, _ symbol: String, _ push: PlainJSON) -> Figures {
        Self.plain([
            "event": "market:trade", "instrument": instrument(item["s"]?.text ?? symbol),
            "time": item["T"]?.text ?? push["ts"]?.text, "id": item["i"]?.text,
            "side": item["S"]?.text?.lowercased(), "price": item["p"]?.text, "quantity": item["v"]?.text,
            "block": String(item["BT"]?.flag ?? false),
        ])
    }

    private func candle(_ item: PlainJSON, _ symbol: String, _ topic: String) -> Figures {
        var figures: [String: String?] = [
            "event": "market:kline", "instrument": instrument(symbol),
            "length": topic.split(separator: ".").dropFirst().first.map(String.init),
            "confirmed": String(item["confirm"]?.flag ?? false),
        ]
        for name in ["start", "end", "open", "high", "low", "close", "volume", "turnover"] {
            figures[name] = item[name]?.text
        }
        return Self.plain(figures)
    }

    private func liquidation(_ item: PlainJSON, _ symbol: String) -> Figures {
        Self.plain([
            "event": "market:liquidation",
            "instrument": instrument((item["s"] ?? item["symbol"])?.text ?? symbol),
            "time": (item["T"] ?? item["updatedTime"])?.text,
            "side": (item["S"] ?? item["side"])?.text?.lowercased(),
            "price": (item["p"] ?? item["price"])?.text, "quantity": (item["v"] ?? item["size"])?.text,
        ])
    }

    /// A change without its snapshot gives nothing; gaps are the test's to find.
    private mutating func book(
        _ data: PlainJSON,
        _ symbol: String,
        _ topic: String,
        _ push: PlainJSON
    ) -> [Figures] {
        let isSnapshot = push["type"]?.text != "delta" || data["u"]?.text == "1"
        if isSnapshot { hasBook.insert(topic) }
        guard hasBook.contains(topic) else { return [] }
        func levels(_ name: String) -> String {
            (data[name]?.list ?? []).map {
                "\($0.list?.first?.text ?? "")x\($0.list?.dropFirst().first?.text ?? "")"
            }
            .joined(separator: " ")
        }
        return [
            Self.plain([
                "event": "market:orderbook_delta", "instrument": instrument(symbol),
                "depth": topic.split(separator: ".").dropFirst().first.map(String.init),
                "snapshot": String(isSnapshot), "update": data["u"]?.text, "bids": levels("b"),
                "asks": levels("a"),
                "time": push["cts"]?.text ?? push["ts"]?.text,
            ])
        ]
    }

    private mutating func ticker(_ data: PlainJSON, _ topicSymbol: String, _ push: PlainJSON) -> [Figures] {
        guard case .object(let members) = data else { return [] }
        let symbol = members["symbol"]?.text ?? topicSymbol
        if push["type"]?.text == "delta" {
            guard let kept = tickers[symbol] else { return [] }
            tickers[symbol] = kept.merging(members) { _, new in new }
        } else {
            tickers[symbol] = members
        }
        let merged = tickers[symbol] ?? [:]
        func first(_ names: String...) -> String? { names.lazy.compactMap { merged[$0]?.text }.first }
        var figures: [String: String?] = [
            "event": "market:ticker", "instrument": instrument(symbol), "time": push["ts"]?.text,
            "last": first("lastPrice"), "mark": first("markPrice"), "index": first("indexPrice"),
            "bid": first("bid1Price", "bidPrice"), "bidSize": first("bid1Size", "bidSize"),
            "ask": first("ask1Price", "askPrice"), "askSize": first("ask1Size", "askSize"),
            "high": first("highPrice24h"), "low": first("lowPrice24h"), "volume": first("volume24h"),
            "turnover": first("turnover24h"), "change": first("price24hPcnt", "change24h"),
        ]
        let options = ["bidIv", "askIv", "markPriceIv", "underlyingPrice", "delta", "gamma", "vega", "theta"]
        for name in options { figures[name] = first(name) }
        if options.contains(where: { merged[$0] != nil }) {
            figures["optionInterest"] = first("openInterest")
        }
        var events = [Self.plain(figures)]
        if let interest = first("openInterest"), told["interest " + symbol] != interest {
            told["interest " + symbol] = interest
            events.append(
                Self.plain([
                    "event": "market:oi", "instrument": instrument(symbol), "interest": interest,
                    "value": first("openInterestValue"),
                ])
            )
        }
        guard let rate = first("fundingRate") else { return events }
        let funding = Self.plain([
            "event": "market:funding", "instrument": instrument(symbol), "rate": rate,
            "next": first("nextFundingTime"), "hours": first("fundingIntervalHour"),
        ])
        let key = funding.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        guard told["funding " + symbol] != key else { return events }
        told["funding " + symbol] = key
        events.append(funding)
        return events
    }
}
