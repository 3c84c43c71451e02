/// A whole order book of one symbol, both sides sorted with the best price first.
struct LevelBook: Equatable, Sendable {
    private(set) var bids: [BookLevel] = []
    private(set) var asks: [BookLevel] = []

    var bestBid: BookLevel? { bids.first }
    var bestAsk: BookLevel? { asks.first }

    var isCrossed: Bool {
        guard let bestBid, let bestAsk else { return false }
        return bestBid.price >= bestAsk.price
    }

    /// Replaces everything (snapshot) or sets and deletes single levels (delta).
    mutating func apply(_ update: BookUpdate) {
        if update.isSnapshot {
            bids = update.bids.filter { $0.size > .zero }.sorted { $0.price > $1.price }
            asks = update.asks.filter { $0.size > .zero }.sorted { $0.price < $1.price }
            return
        }
        for level in update.bids { LevelBook.set(level, in: &bids, descending: true) }
        for level in update.asks { LevelBook.set(level, in: &asks, descending: false) }
    }

    private static func set(_ level: BookLevel, in side: inout [BookLevel], descending: Bool) {
        var low = 0
        var high = side.count
        while low < high {
            let middle = (low + high) / 2
            let comesBefore = descending ? side[middle].price > level.price : side[middle].price < level.price
            if comesBefore { low = middle + 1 } else { high = middle }
        }
        let isKnown = low < side.count && side[low].price == level.price
        switch (isKnown, level.size == .zero) {
        case (true, true): side.remove(at: low)
        case (true, false): side[low] = level
        case (false, false): side.insert(level, at: low)
        case (false, true): break
        }
    }
}
