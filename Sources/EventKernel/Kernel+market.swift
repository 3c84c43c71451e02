import Contracts

/// The market's busiest events, each with a way of its own: concrete, so that all of it is specialised here, once.
///
/// The generic way gives the same; through it a backtest pays for every event what a handler costs several times.
extension Kernel {
    package func ingest(_ event: consuming TradeEvent) {
        advance(to: event.meta.ts)
        bus.stamp(&event.meta)
        bus.emit(event, on: bus.channels.marketTrade, .marketTrade, isRoot: true)
    }

    package func ingest(_ event: consuming KlineEvent) {
        advance(to: event.meta.ts)
        bus.stamp(&event.meta)
        bus.emit(event, on: bus.channels.marketKline, .marketKline, isRoot: true)
    }

    package func ingest(_ event: consuming TickerEvent) {
        advance(to: event.meta.ts)
        bus.stamp(&event.meta)
        bus.emit(event, on: bus.channels.marketTicker, .marketTicker, isRoot: true)
    }

    package func ingest(_ event: consuming OrderBookDelta) {
        advance(to: event.meta.ts)
        bus.stamp(&event.meta)
        bus.emit(event, on: bus.channels.marketOrderbookDelta, .marketOrderbookDelta, isRoot: true)
    }
}
