import Contracts

/// An instrument's book, and what it last said while it was whole.
///
/// - Units: `spread` and `micropriceOffset` as fractions of the middle; `slope` in base asset per basis point.
struct BookFigures {
    private var book: OrderBook?
    private var instrument: Instrument?
    private(set) var spread: Double?
    private(set) var imbalance: Double?
    private(set) var micropriceOffset: Double?
    private(set) var slope: Double?

    mutating func apply(_ delta: borrowing OrderBookDelta) {
        if delta.isSnapshot, book == nil {
            (book, instrument) = (OrderBook(depth: delta.depth), delta.instrument)
        }
        book?.apply(delta)
    }

    /// Reads the book as it stands; one that is empty or crossed says nothing, and what was known before stays.
    mutating func read(_ settings: FeatureSettings) {
        guard let book, book.isUsable, let bid = book.bestBid, let ask = book.bestAsk else { return }
        let (bidPrice, askPrice) = (bid.price.approximate, ask.price.approximate)
        let middle = (bidPrice + askPrice) / 2
        guard middle > 0 else { return }
        spread = (askPrice - bidPrice) / middle
        micropriceOffset = book.microprice.map { $0 / middle - 1 }
        let levels = settings.imbalanceLevels
        let (bids, asks) = (size(of: book.bids.suffix(levels)), size(of: book.asks.suffix(levels)))
        imbalance = bids + asks > 0 ? (bids - asks) / (bids + asks) : 0
        slope =
            (steepness(of: book.bids.suffix(settings.slopeLevels), from: middle)
                + steepness(of: book.asks.suffix(settings.slopeLevels), from: middle)) / 2
    }

    /// What lies on a side's levels for each basis point from the middle to the last of them.
    private func steepness(of levels: ContiguousArray<BookLevel>.SubSequence, from middle: Double) -> Double {
        guard let last = levels.first else { return 0 }
        let distance = (last.price.approximate - middle).magnitude / middle * 10_000
        return distance > 0 ? size(of: levels) / distance : 0
    }

    private func size(of levels: ContiguousArray<BookLevel>.SubSequence) -> Double {
        levels.reduce(0) { $0 + $1.size.approximate }
    }
}

extension BookFigures: Codable {
    private enum CodingKeys: String, CodingKey { case snapshot, spread, imbalance, micropriceOffset, slope }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let snapshot = try container.decodeIfPresent(OrderBookDelta.self, forKey: .snapshot) {
            apply(snapshot)
        }
        spread = try container.decodeIfPresent(Double.self, forKey: .spread)
        imbalance = try container.decodeIfPresent(Double.self, forKey: .imbalance)
        micropriceOffset = try container.decodeIfPresent(Double.self, forKey: .micropriceOffset)
        slope = try container.decodeIfPresent(Double.self, forKey: .slope)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(snapshot, forKey: .snapshot)
        try container.encodeIfPresent(spread, forKey: .spread)
        try container.encodeIfPresent(imbalance, forKey: .imbalance)
        try container.encodeIfPresent(micropriceOffset, forKey: .micropriceOffset)
        try container.encodeIfPresent(slope, forKey: .slope)
    }

    /// The event that makes an empty book this one: best levels first, as a snapshot comes.
    private var snapshot: OrderBookDelta? {
        guard let book, let instrument else { return nil }
        return OrderBookDelta(
            meta: EventMeta(source: .market),
            instrument: instrument,
            exchangeTime: 0,
            depth: book.depth,
            isSnapshot: true,
            updateID: book.updateID,
            levels: ContiguousArray(book.bids.reversed()) + book.asks.reversed(),
            bidCount: book.bids.count
        )
    }
}
