/// A product line: decides which topics exist and the shape of acks and of some pushes.
enum Category: String, CaseIterable, Sendable {
    case linear, inverse, spot, option

    var isDerivative: Bool { self != .spot }
    var isPerpetual: Bool { self == .linear || self == .inverse }

    /// The depths of `orderbook.{depth}`, least first.
    var bookDepths: [Int] { self == .option ? [25, 100] : [1, 50, 200, 1000] }
}

/// What a connection's path was for.
enum StreamPath: Equatable, Sendable {
    case line(Category)
    case status

    /// The stream a path is for; nil for a path that is no public stream.
    init?(uri: String) {
        let path = uri.prefix { $0 != "?" }
        guard path.hasPrefix("/v5/public/") else { return nil }
        let name = path.dropFirst("/v5/public/".count)
        if name == "misc/status" {
            self = .status
        } else if let category = Category(rawValue: String(name)) {
            self = .line(category)
        } else {
            return nil
        }
    }

    /// The product line; the status stream answers in the manner of linear.
    var category: Category {
        if case .line(let category) = self { category } else { .linear }
    }
}

/// A public topic the simulator can serve.
enum Topic: Hashable, Sendable {
    case ticker(String)
    case trade(String)
    case book(depth: Int, String)
    case kline(KlineInterval, String)
    case liquidation(String)
    case priceLimit(String)
    case insurance(String)
    case adl(String)
    case status

    private static let bookDepths: Set<Int> = [1, 25, 50, 100, 200, 1000]

    /// Reads a topic as a client writes it; nil for what the simulator has no handler for.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let last = parts.last.map(String.init) ?? ""
        switch (parts.first, parts.count) {
        case ("tickers", 2): self = .ticker(last)
        case ("publicTrade", 2): self = .trade(last)
        case ("orderbook", 3):
            guard let depth = Int(parts[1]), Topic.bookDepths.contains(depth) else { return nil }
            self = .book(depth: depth, last)
        case ("kline", 3):
            guard let interval = KlineInterval(rawValue: String(parts[1])) else { return nil }
            self = .kline(interval, last)
        case ("allLiquidation", 2): self = .liquidation(last)
        case ("priceLimit", 2): self = .priceLimit(last)
        case ("insurance", 2): self = .insurance(last)
        case ("adlAlert", 2): self = .adl(last)
        case ("system", 2) where last == "status": self = .status
        default: return nil
        }
    }

    /// What follows the last dot: a symbol, a base coin, a settle coin.
    var symbol: String {
        switch self {
        case .ticker(let symbol), .trade(let symbol), .book(_, let symbol), .kline(_, let symbol),
            .liquidation(let symbol), .priceLimit(let symbol), .insurance(let symbol), .adl(let symbol):
            symbol
        case .status: "status"
        }
    }

    var text: String {
        switch self {
        case .ticker(let symbol): "tickers." + symbol
        case .trade(let symbol): "publicTrade." + symbol
        case .book(let depth, let symbol): "orderbook.\(depth)." + symbol
        case .kline(let interval, let symbol): "kline." + interval.rawValue + "." + symbol
        case .liquidation(let symbol): "allLiquidation." + symbol
        case .priceLimit(let symbol): "priceLimit." + symbol
        case .insurance(let group): "insurance." + group
        case .adl(let group): "adlAlert." + group
        case .status: "system.status"
        }
    }

    /// True where the product line has topics of this kind.
    func exists(on category: Category) -> Bool {
        switch self {
        case .ticker, .trade: true
        case .book(let depth, _): category.bookDepths.contains(depth)
        case .kline, .priceLimit: category != .option
        case .liquidation, .insurance, .adl: category.isPerpetual
        case .status: false
        }
    }
}

/// A topic of one product line.
struct Subscription: Hashable, Sendable {
    let topic: Topic
    let category: Category

    init(_ topic: Topic, category: Category) {
        self.topic = topic
        self.category = category
    }
}
