import Contracts

/// What positions are valued at: the exchange's mark price, or the middle of the book where it names none.
struct Marks {
    private var marks: [Instrument: Price] = [:]
    private var books: [Instrument: OrderBook] = [:]

    mutating func take(_ ticker: borrowing TickerEvent) {
        guard let price = ticker.markPrice, price.isPositive else { return }
        if marks.updateValue(price, forKey: ticker.instrument) == nil { books[ticker.instrument] = nil }
    }

    mutating func take(_ delta: borrowing OrderBookDelta) {
        guard marks[delta.instrument] == nil else { return }
        if delta.isSnapshot, books[delta.instrument] == nil {
            books[delta.instrument] = OrderBook(depth: delta.depth)
        }
        books[delta.instrument]?.apply(delta)
    }

    /// The price that `instrument` is worth now; nil where nobody has said.
    func price(of instrument: Instrument) -> Price? {
        if let mark = marks[instrument] { return mark }
        return books[instrument]?.mid
    }
}
