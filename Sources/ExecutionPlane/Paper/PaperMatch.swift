import Contracts

/// What an order finds on a book, level by level, and what it leaves there.
struct PaperMatch {
    struct Part: Hashable {
        let price: Price
        let quantity: Quantity
    }

    let parts: [Part]
    /// The levels that were touched, with what is left of them.
    let remains: [BookLevel]
    let filled: Quantity

    /// Walks the side of `book` that `side` takes from, up to `quantity` and no further than `limit`.
    init(_ side: Side, _ quantity: Quantity, limit: Price?, on book: OrderBook) throws(NumberError) {
        var parts: [Part] = []
        var remains: [BookLevel] = []
        var open = quantity
        for level in (side == .buy ? book.asks : book.bids).reversed() {
            guard open.isPositive else { break }
            if let limit, side == .buy ? level.price > limit : level.price < limit { break }
            let taken = min(open, level.size)
            guard taken.isPositive else { continue }
            parts.append(Part(price: level.price, quantity: taken))
            remains.append(BookLevel(price: level.price, size: try level.size.subtracting(taken)))
            open = try open.subtracting(taken)
        }
        self.parts = parts
        self.remains = remains
        filled = try quantity.subtracting(open)
    }
}
