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
/// A value: whoever needs a book folds `market:orderbook_delta` into a copy of its own.
///
/// - Shape: snapshots replace, deltas overwrite or delete; at most `depth` levels a side are kept.
/// - Source: `docs/exchange/bybit-v5.md`, "Order book".
package struct OrderBook: Hashable, Sendable {
    package let depth: Int
    /// Bids, worst to best.
    package private(set) var bids: ContiguousArray<BookLevel> = []
    /// Asks, worst to best.
    package private(set) var asks: ContiguousArray<BookLevel> = []
    /// The exchange's update number of the last message folded in; 0 before the first snapshot.
    package private(set) var updateID: UInt64 = 0

    package init(depth: Int) {
        precondition(depth > 0, "a book has levels")
        self.depth = depth
    }

    package var bestBid: BookLevel? { bids.last }
    package var bestAsk: BookLevel? { asks.last }
    /// Whether both sides have a level and no bid reaches an ask.
    package var isUsable: Bool {
        guard let bid = bids.last, let ask = asks.last else { return false }
        return bid.price < ask.price
    }
    /// Whether a bid reaches an ask: such a book is broken.
    package var isCrossed: Bool {
        guard let bid = bids.last, let ask = asks.last else { return false }
        return bid.price >= ask.price
    }

    /// Folds one message in.
    package mutating func apply(_ delta: borrowing OrderBookDelta) {
        if delta.isSnapshot {
            bids.removeAll(keepingCapacity: true)
            asks.removeAll(keepingCapacity: true)
        }
        for index in 0..<delta.bidCount { Self.set(delta.levels[index], in: &bids) { $0 < $1 } }
        for index in delta.bidCount..<delta.levels.count {
            Self.set(delta.levels[index], in: &asks) { $0 > $1 }
        }
        // The exchange deletes what leaves the window; this only guards against a message that didn't.
        if bids.count > depth { bids.removeFirst(bids.count - depth) }
        if asks.count > depth { asks.removeFirst(asks.count - depth) }
        updateID = delta.updateID
    }

    /// Forgets everything, as after a gap.
    package mutating func clear() { self = OrderBook(depth: depth) }

    /// Keeps `side` sorted worst to best; `isWorse(a, b)` says that price a stands before b.
    @inline(__always)
    private static func set(
        _ level: BookLevel,
        in side: inout ContiguousArray<BookLevel>,
        isWorse: (Price, Price) -> Bool
    ) {
        // Most changes are near the touch, which is at the end.
        var low = 0
        var high = side.count
        while low < high {
            let middle = (low &+ high) >> 1
            if isWorse(side[middle].price, level.price) { low = middle &+ 1 } else { high = middle }
        }
        if low < side.count, side[low].price == level.price {
            if level.size.isZero { side.remove(at: low) } else { side[low] = level }
        } else if !level.size.isZero {
            side.insert(level, at: low)
        }
    }
}
