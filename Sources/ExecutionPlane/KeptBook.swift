import Contracts

/// An order book as it is kept over a restart: levels best first, as in a snapshot of the exchange.
struct KeptBook: Codable {
    private let depth: Int
    private let updateID: UInt64
    private let bids: [BookLevel]
    private let asks: [BookLevel]

    init(_ book: OrderBook) {
        depth = book.depth
        updateID = book.updateID
        bids = book.bids.reversed()
        asks = book.asks.reversed()
    }

    var book: OrderBook {
        var book = OrderBook(depth: depth)
        book.set(ContiguousArray(bids + asks), bidCount: bids.count, isSnapshot: true, updateID: updateID)
        return book
    }
}

extension OrderBook {
    /// Sets levels that no message of the exchange has told.
    mutating func set(
        _ levels: ContiguousArray<BookLevel>,
        bidCount: Int,
        isSnapshot: Bool = false,
        updateID: UInt64
    ) {
        apply(
            OrderBookDelta(
                meta: EventMeta(source: .trading),
                instrument: Self.nobody,
                exchangeTime: 0,
                depth: depth,
                isSnapshot: isSnapshot,
                updateID: updateID,
                levels: levels,
                bidCount: bidCount
            )
        )
    }

    /// A book does not look at the instrument of what it folds in.
    private static let nobody: Instrument = {
        guard let instrument = Instrument("linear:-") else { preconditionFailure("a dash is a symbol") }
        return instrument
    }()
}
