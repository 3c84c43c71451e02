import Contracts
import TestKit

let bitcoin = instrument("linear:BTCUSDT")
let ether = instrument("linear:ETHUSDT")
/// A minute that begins at a full hour.
let startOfBar: UnixMilliseconds = 1_700_002_800_000

func instrument(_ text: String) -> Instrument {
    guard let instrument = Instrument(text) else { preconditionFailure("\(text) is no instrument") }
    return instrument
}

extension TradeEvent {
    static func fixture(
        of instrument: Instrument = bitcoin,
        at milliseconds: Int64,
        price: Price,
        side: Side = .buy,
        quantity: Quantity = 1,
        isBlockTrade: Bool = false,
        isBackfill: Bool = false
    ) -> TradeEvent {
        TradeEvent(
            meta: EventMeta(source: .market),
            instrument: instrument,
            exchangeTime: startOfBar + milliseconds,
            id: .number(1),
            side: side,
            price: price,
            quantity: quantity,
            isBlockTrade: isBlockTrade,
            isBackfill: isBackfill
        )
    }
}

extension TickerEvent {
    static func fixture(of instrument: Instrument = bitcoin, at milliseconds: Int64) -> TickerEvent {
        TickerEvent(
            meta: EventMeta(source: .market),
            instrument: instrument,
            exchangeTime: startOfBar + milliseconds
        )
    }
}

extension OrderBookDelta {
    static func fixture(bids: [(Price, Quantity)], asks: [(Price, Quantity)]) -> OrderBookDelta {
        OrderBookDelta(
            meta: EventMeta(source: .market),
            instrument: bitcoin,
            exchangeTime: startOfBar,
            depth: 50,
            isSnapshot: true,
            updateID: 1,
            levels: ContiguousArray((bids + asks).map { BookLevel(price: $0.0, size: $0.1) }),
            bidCount: bids.count
        )
    }
}

extension KlineEvent {
    static func fixture(
        minutes: Int = 1,
        bar: Int64,
        open: Price,
        high: Price,
        low: Price,
        close: Price,
        isConfirmed: Bool = true,
        isBackfill: Bool = false
    ) -> KlineEvent {
        let start = startOfBar + bar * Int64(minutes) * 60_000
        return KlineEvent(
            meta: EventMeta(source: .market),
            instrument: bitcoin,
            minutes: minutes,
            start: start,
            end: start + Int64(minutes) * 60_000 - 1,
            open: open,
            high: high,
            low: low,
            close: close,
            volume: 1,
            turnover: 1,
            isConfirmed: isConfirmed,
            isBackfill: isBackfill
        )
    }
}

extension FeatureSet {
    static func fixture(
        bar: Int64,
        distance: Double,
        atr: Double = 10,
        spread: Double = 0.0005,
        volatility: Double = 0.01,
        isWarm: Bool = true
    ) -> FeatureSet {
        FeatureSet(
            meta: EventMeta(source: .analytics),
            instrument: bitcoin,
            barSeconds: 60,
            barEnd: startOfBar + bar * 60_000,
            close: 100,
            high: 100,
            low: 100,
            isWarm: isWarm,
            values: [100 + distance, 100, atr, spread, 0, volatility, 0, 0]
        )
    }
}
