import Contracts

/// What a marketable order finds, price by price, and what it leaves there.
struct PaperMatch {
    struct Part: Hashable {
        let price: Price
        let quantity: Quantity
    }

    private(set) var parts: ContiguousArray<Part> = []
    private(set) var filled = Quantity.zero
    /// What is left of the last level that was touched; those before it are gone.
    private(set) var lastRemain = Quantity.zero

    /// Finds nothing.
    init() {}

    /// Finds the whole quantity at one price.
    init(_ quantity: Quantity, at price: Price) {
        parts = [Part(price: price, quantity: quantity)]
        filled = quantity
    }

    /// Walks the side of `book` that `side` takes from, up to `quantity` and no further than `limit`.
    init(_ side: Side, _ quantity: Quantity, limit: Price?, on book: OrderBook) throws(NumberError) {
        var open = quantity
        for level in book.levels(against: side) {
            guard open.isPositive else { break }
            if let limit, side == .buy ? level.price > limit : level.price < limit { break }
            let taken = min(open, level.size)
            guard taken.isPositive else { continue }
            parts.append(Part(price: level.price, quantity: taken))
            lastRemain = try level.size.subtracting(taken)
            open = try open.subtracting(taken)
        }
        filled = try quantity.subtracting(open)
    }
}

extension OrderBook {
    /// Takes off what `match` has taken as `side`, until the exchange speaks of those levels again.
    mutating func takeOff(_ match: PaperMatch, _ side: Side) {
        guard !match.parts.isEmpty else { return }
        var levels = ContiguousArray(match.parts.map { BookLevel(price: $0.price, size: .zero) })
        let last = levels.removeLast()
        levels.append(BookLevel(price: last.price, size: match.lastRemain))
        set(levels, bidCount: side == .buy ? 0 : levels.count, updateID: updateID)
    }

    /// What stands at a price on the side of `side`; nil where the book does not reach that far.
    func size(at price: Price, _ side: Side) -> Quantity? {
        let levels = side == .buy ? bids : asks
        for level in levels.reversed() {
            if level.price == price { return level.size }
            if side == .buy ? level.price < price : level.price > price { return .zero }
        }
        return levels.count < depth ? .zero : nil
    }
}
