import Contracts

/// Turns one instrument's messages into events; knows the state that its streams tell in parts.
struct BinanceStreams {
    /// Beyond it nobody looks.
    private static let depth = 10_000

    private let instrument: Instrument
    private let contractSize: Int64
    private var book = BinanceBook()
    private var ticker = BinanceTicker()
    private var isBroken = false

    init(instrument: Instrument, contractSize: Int64) {
        self.instrument = instrument
        self.contractSize = contractSize
    }

    /// What `message` means at `time`.
    mutating func events(of message: BinanceMessage, at time: UnixMilliseconds) -> [AnyEvent] {
        let meta = EventMeta(source: .market, ts: time)
        switch message {
        case .snapshot(let updateID, let levels, let bidCount):
            book.begin(at: updateID)
            let delta = delta(meta, time, true, updateID, levels, bidCount)
            defer { isBroken = false }
            return isBroken ? [health(.fresh, "whole again by a snapshot", meta), delta] : [delta]
        case .depth(let depth):
            switch book.judge(depth) {
            case .tell: return [delta(meta, depth.time, false, depth.last, depth.levels, depth.bidCount)]
            case .ignore: return []
            case .gap(let expected, let got):
                isBroken = true
                return [health(.resyncing, "update \(got) came where one after \(expected) was due", meta)]
            }
        case .trade(let id, let exchangeTime, let price, let quantity, let buyerIsMaker):
            return [
                TradeEvent(
                    meta: meta,
                    instrument: instrument,
                    exchangeTime: exchangeTime,
                    id: .number(id),
                    side: buyerIsMaker ? .sell : .buy,
                    price: price,
                    quantity: sized(quantity)
                ).erased
            ]
        case .touch(let bid, let ask):
            ticker.bid = BookLevel(price: bid.price, size: sized(bid.size))
            ticker.ask = BookLevel(price: ask.price, size: sized(ask.size))
            return [ticker.event(meta, instrument).erased]
        case .mark(let price, let index, let rate, let nextFunding):
            (ticker.mark, ticker.index) = (price, index)
            let funding = ticker.funding(rate, nextFunding, meta, instrument)
            return [ticker.event(meta, instrument).erased] + (funding.map { [$0.erased] } ?? [])
        case .other: return []
        }
    }

    private func delta(
        _ meta: EventMeta,
        _ exchangeTime: UnixMilliseconds,
        _ isSnapshot: Bool,
        _ updateID: UInt64,
        _ levels: ContiguousArray<BookLevel>,
        _ bidCount: Int
    ) -> AnyEvent {
        let sized =
            contractSize == 1
            ? levels
            : ContiguousArray(levels.map { BookLevel(price: $0.price, size: self.sized($0.size)) })
        return OrderBookDelta(
            meta: meta,
            instrument: instrument,
            exchangeTime: exchangeTime,
            depth: Self.depth,
            isSnapshot: isSnapshot,
            updateID: updateID,
            levels: sized,
            bidCount: bidCount
        ).erased
    }

    private func health(_ state: FeedHealth.State, _ detail: String, _ meta: EventMeta) -> AnyEvent {
        FeedHealth(
            meta: meta,
            instrument: instrument,
            state: state,
            ageMilliseconds: 0,
            lagMilliseconds: 0,
            detail: detail
        ).erased
    }

    /// In contracts of 1 USD where the exchange's are larger.
    private func sized(_ quantity: Quantity) -> Quantity {
        let (units, overflows) = quantity.units.multipliedReportingOverflow(by: contractSize)
        return overflows ? quantity : Quantity(units: units, scale: quantity.scale)
    }
}
