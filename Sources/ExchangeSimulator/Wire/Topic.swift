/// The product line a connection was opened for; decides the shape of acks and of some pushes.
enum Category: String, CaseIterable, Sendable {
    case linear, inverse, spot, option
}

/// A public topic the simulator can serve.
enum Topic: Hashable, Sendable {
    case ticker(String)
    case trade(String)
    case book(depth: Int, String)
    case kline(KlineInterval, String)

    static let bookDepths = [1, 50, 200, 1000]

    /// Reads a topic as a client writes it; nil for what the simulator has no handler for.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        switch (parts.first, parts.count) {
        case ("tickers", 2): self = .ticker(String(parts[1]))
        case ("publicTrade", 2): self = .trade(String(parts[1]))
        case ("orderbook", 3):
            guard let depth = Int(parts[1]), Topic.bookDepths.contains(depth) else { return nil }
            self = .book(depth: depth, String(parts[2]))
        case ("kline", 3):
            guard let interval = KlineInterval(rawValue: String(parts[1])) else { return nil }
            self = .kline(interval, String(parts[2]))
        default: return nil
        }
    }

    var symbol: String {
        switch self {
        case .ticker(let symbol), .trade(let symbol), .book(_, let symbol), .kline(_, let symbol): symbol
        }
    }

    var text: String {
        switch self {
        case .ticker(let symbol): "tickers." + symbol
        case .trade(let symbol): "publicTrade." + symbol
        case .book(let depth, let symbol): "orderbook.\(depth)." + symbol
        case .kline(let interval, let symbol): "kline." + interval.rawValue + "." + symbol
        }
    }
}

/// A topic in the form one product line gets it: spot tickers and trades look different, the rest does not.
struct Subscription: Hashable, Sendable {
    let topic: Topic
    let isSpot: Bool

    init(_ topic: Topic, category: Category) {
        self.topic = topic
        switch topic {
        case .ticker, .trade: isSpot = category == .spot
        case .book, .kline: isSpot = false
        }
    }
}
