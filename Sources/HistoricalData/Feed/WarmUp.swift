import Contracts

/// What a recording's earlier part leads up to, so that a run may begin in its middle.
struct WarmUp {
    private struct Key: Hashable {
        let instrument: Instrument
        let depth: Int
    }

    private var books: [(key: Key, book: OrderBook)] = []
    private var latest: [(instrument: Instrument, topic: Topic, event: AnyEvent)] = []

    /// Folds one event in.
    mutating func note(_ event: AnyEvent) {
        switch event {
        case .marketOrderbookDelta(let delta):
            let key = Key(instrument: delta.instrument, depth: delta.depth)
            if let index = books.firstIndex(where: { $0.key == key }) {
                books[index].book.apply(delta)
            } else if delta.isSnapshot {
                var book = OrderBook(depth: delta.depth)
                book.apply(delta)
                books.append((key, book))
            }
        case .marketTicker, .marketFunding, .marketOi: keep(event)
        default: break
        }
    }

    /// What stands at `time`: whole books, the newest ticker, funding rate and open interest.
    func finish(at time: UnixMilliseconds) -> [AnyEvent] {
        latest.map { $0.event.arriving(at: time) }
            + books.map { key, book in
                let bids = book.bids.reversed()
                return OrderBookDelta(
                    meta: EventMeta(source: .market, ts: time),
                    instrument: key.instrument,
                    exchangeTime: time,
                    depth: key.depth,
                    isSnapshot: true,
                    updateID: book.updateID,
                    levels: ContiguousArray(bids + book.asks.reversed()),
                    bidCount: bids.count
                ).erased
            }
    }

    private mutating func keep(_ event: AnyEvent) {
        guard let instrument = event.tradedInstrument else { return }
        let place = latest.firstIndex { $0.instrument == instrument && $0.topic == event.topic }
        if let place {
            latest[place].event = event
        } else {
            latest.append((instrument, event.topic, event))
        }
    }
}
