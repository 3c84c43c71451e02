/// One price level: an absolute size at a price; size zero in a delta deletes the level.
@frozen package struct BookLevel: Hashable, Sendable {
    package let price: Price
    package let size: Quantity

    @inlinable package init(price: Price, size: Quantity) {
        self.price = price
        self.size = size
    }
}

extension BookLevel: Codable {
    package init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        price = try container.decode(Price.self)
        size = try container.decode(Quantity.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(price)
        try container.encode(size)
    }
}

/// One instrument's order book, best level last on each side, so that the touch changes in place.
///
/// A value: whoever needs a book folds `market:orderbook_delta` into a copy of its own. What follows from it (mid,
/// spread, depth to a size) is asked of it too, and always for the book as it stands.
///
/// - Shape: snapshots replace, deltas overwrite or delete; at most `depth` levels a side are kept.
/// - Units: as the levels: prices in quote asset, sizes in base asset; exact, in whole units of one scale a side.
/// - Source: `docs/exchange/bybit-v5.md`, "Order book".
package struct OrderBook: Hashable, Sendable {
    package let depth: Int
    private var bidSide = BookSide.bids
    private var askSide = BookSide.asks
    /// The exchange's update number of the last message folded in; 0 before the first snapshot.
    package private(set) var updateID: UInt64 = 0

    package init(depth: Int) {
        precondition(depth > 0, "a book has levels")
        self.depth = depth
    }

    /// Bids, worst to best.
    package var bids: ContiguousArray<BookLevel> { bidSide.levels }
    /// Asks, worst to best.
    package var asks: ContiguousArray<BookLevel> { askSide.levels }
    package var bestBid: BookLevel? { bidSide.best }
    package var bestAsk: BookLevel? { askSide.best }
    /// Whether both sides have a level and no bid reaches an ask.
    package var isUsable: Bool {
        guard let bid = bestBid, let ask = bestAsk else { return false }
        return bid.price < ask.price
    }
    /// Whether a bid reaches an ask: such a book is broken.
    package var isCrossed: Bool {
        guard let bid = bestBid, let ask = bestAsk else { return false }
        return bid.price >= ask.price
    }

    /// Folds one message in.
    package mutating func apply(_ delta: borrowing OrderBookDelta) {
        if delta.isSnapshot {
            bidSide.replace(with: delta.bids)
            askSide.replace(with: delta.asks)
        } else {
            for index in 0..<delta.bidCount { bidSide.set(delta.levels[index]) }
            for index in delta.bidCount..<delta.levels.count { askSide.set(delta.levels[index]) }
        }
        // The exchange deletes what leaves the window; this only guards against a message that didn't.
        bidSide.keepBest(depth)
        askSide.keepBest(depth)
        updateID = delta.updateID
    }

    /// Forgets everything, as after a gap.
    package mutating func clear() { self = OrderBook(depth: depth) }
}
