import Contracts

/// The best bid and ask of one instrument: of its book, or of its ticker where no book is told.
struct Touch: Codable {
    private var book: OrderBook?
    private var bid: Price?
    private var ask: Price?

    init() {}

    mutating func take(_ ticker: borrowing TickerEvent) {
        if let price = ticker.bidPrice, price.isPositive { bid = price }
        if let price = ticker.askPrice, price.isPositive { ask = price }
    }

    mutating func take(_ delta: borrowing OrderBookDelta) {
        if delta.isSnapshot, book == nil { book = OrderBook(depth: delta.depth) }
        book?.apply(delta)
    }

    /// The best price of those who trade as `side`; nil where nobody knows, or the book is broken.
    func price(of side: Side) -> Price? {
        guard let book else { return side == .buy ? bid : ask }
        guard book.isUsable else { return nil }
        return side == .buy ? book.bestBid?.price : book.bestAsk?.price
    }

    private enum CodingKeys: String, CodingKey { case book, bid, ask }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        book = try container.decodeIfPresent(KeptBook.self, forKey: .book)?.book
        bid = try container.decodeIfPresent(Price.self, forKey: .bid)
        ask = try container.decodeIfPresent(Price.self, forKey: .ask)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(book.map(KeptBook.init), forKey: .book)
        try container.encodeIfPresent(bid, forKey: .bid)
        try container.encodeIfPresent(ask, forKey: .ask)
    }
}
