import NIOCore

/// The simulated exchange: takes market events in order and tells subscribers what follows from them.
///
/// Confined to one event loop; the same events and subscriptions in always give the same messages out.
final class Exchange {
    private(set) var symbols: [String] = []
    /// The exchange's own time: that of the latest event.
    private(set) var nowMs: Int64
    private var markets: [String: SymbolMarket] = [:]
    private let candleGraceMs: Int64
    private let desk: SubscriptionDesk

    init(nowMs: Int64, candleGraceMs: Int64, desk: SubscriptionDesk) {
        self.nowMs = nowMs
        self.candleGraceMs = candleGraceMs
        self.desk = desk
    }

    func market(_ symbol: String) -> SymbolMarket? { markets[symbol] }

    func apply(_ event: MarketEvent) {
        switch event {
        case .listed(let spec): list(spec)
        case .history(let symbol, let minutes): markets[symbol]?.remember(minutes)
        case .book(let update): markets[update.symbol]?.apply(update)
        case .trades(let batch): markets[batch.symbol]?.apply(batch)
        case .figures(let symbol, let figures, _): markets[symbol]?.apply(figures)
        case .ticker(let symbol, let fields, let isSnapshot, let sequence, let timeMs):
            markets[symbol]?.applyTicker(fields, isSnapshot: isSnapshot, sequence: sequence, timeMs: timeMs)
        case .verbatim(let topic, let text, _):
            guard case .kline(let interval, let symbol) = topic else { break }
            markets[symbol]?.passOn(text, interval: interval)
        case .clock: break
        }
        guard let timeMs = event.timeMs, timeMs > nowMs else { return }
        nowMs = timeMs
        for symbol in symbols { markets[symbol]?.advance(toMs: timeMs) }
    }

    /// True where this product line lists the symbol: inverse ones are those quoted in USD.
    func lists(_ symbol: String, in category: Category) -> Bool {
        guard let market = markets[symbol] else { return false }
        switch category {
        case .linear, .spot: return true
        case .inverse: return market.spec.coins.quote == "USD"
        case .option: return false
        }
    }

    func subscribe(_ subscriber: any Subscriber, to subscription: Subscription) {
        desk.add(subscriber, to: subscription)
        let opening = markets[subscription.topic.symbol]?.opening(subscription, timeMs: nowMs)
        if let opening { subscriber.deliver(opening) }
    }

    func unsubscribe(_ subscriber: any Subscriber, from subscription: Subscription) {
        guard desk.remove(subscriber, from: subscription) else { return }
        markets[subscription.topic.symbol]?.abandon(subscription)
    }

    func loseNextBookUpdates() {
        for symbol in symbols { markets[symbol]?.loseNextBookUpdate() }
    }

    private func list(_ spec: InstrumentSpec) {
        guard markets[spec.symbol] == nil else {
            markets[spec.symbol]?.relist(spec)
            return
        }
        symbols.append(spec.symbol)
        markets[spec.symbol] = SymbolMarket(spec: spec, candleGraceMs: candleGraceMs, desk: desk)
    }
}
