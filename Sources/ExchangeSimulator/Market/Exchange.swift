import NIOCore

/// The simulated exchange: takes market events in order and tells subscribers what follows from them.
///
/// Confined to one event loop; the same events and subscriptions in always give the same messages out.
final class Exchange {
    private(set) var markets: [SymbolMarket] = []
    /// The exchange's own time: that of the latest event.
    private(set) var nowMs: Int64
    let stamps = StampClock()
    let desk: SubscriptionDesk
    let pools: InsurancePools
    let notices: StatusBoard
    private var named: [String: [SymbolMarket]] = [:]
    private var listed: [Category: [String: SymbolMarket]] = [:]
    private let candleGraceMs: Int64

    init(nowMs: Int64, candleGraceMs: Int64, desk: SubscriptionDesk) {
        (self.nowMs, self.candleGraceMs, self.desk) = (nowMs, candleGraceMs, desk)
        pools = InsurancePools(desk: desk)
        notices = StatusBoard(desk: desk)
    }

    /// All symbols, in the order they were listed.
    var symbols: [String] {
        var known: Set<String> = []
        return markets.map(\.spec.symbol).filter { known.insert($0).inserted }
    }

    /// The first market of this name or symbol.
    func market(_ name: String) -> SymbolMarket? {
        named[name]?.first ?? markets.first { $0.spec.symbol == name }
    }

    func market(_ symbol: String, in category: Category) -> SymbolMarket? { listed[category]?[symbol] }

    func markets(in category: Category) -> [SymbolMarket] { markets.filter { $0.category == category } }

    // MARK: What happens

    func apply(_ happening: Happening) {
        switch happening {
        case .market(let event): apply(event)
        case .past(let name, let candles, let length): each(name) { $0.remember(candles, of: length) }
        case .liquidations(let name, let liquidations, let timeMs):
            each(name) { market in
                market.apply(liquidations)
                pools.pay(for: liquidations, of: market)
            }
            move(to: timeMs)
        case .outage: break
        }
    }

    func apply(_ event: MarketEvent) {
        take(event)
        if let timeMs = event.timeMs { move(to: timeMs) }
    }

    private func take(_ event: MarketEvent) {
        switch event {
        case .listed(let spec): list(spec)
        case .history(let name, let minutes): each(name) { $0.remember(minutes) }
        case .book(let update): each(update.symbol) { $0.apply(update) }
        case .trades(let batch): each(batch.symbol) { $0.apply(batch) }
        case .figures(let name, let figures, let timeMs):
            each(name) { $0.apply(figures, timeMs: timeMs) }
        case .ticker(let name, let fields, let isSnapshot, let sequence, let timeMs):
            each(name) {
                $0.applyTicker(fields, isSnapshot: isSnapshot, sequence: sequence, timeMs: timeMs)
            }
        case .recorded(let push): pass(push)
        case .clock: break
        }
    }

    /// Subscribers get the text of a recorded message in place of one made here.
    private func pass(_ push: RecordedPush) {
        let message = ByteBuffer(string: push.text)
        if push.category == .option, case .trade = push.topic {
            // Options tell of trades by base coin, which is no market.
            desk.audience(Subscription(push.topic, category: .option)).publish(message)
            return
        }
        guard let event = push.event else {
            each(push.name) { $0.pass(message, as: push.topic) }
            return
        }
        each(push.name) { $0.passing = message }
        take(event)
        each(push.name) { $0.passing = nil }
    }

    /// Lets the exchange's clock reach a moment, which closes candles and sends what is due.
    func move(to timeMs: Int64) {
        guard timeMs > nowMs else { return }
        nowMs = timeMs
        for market in markets { market.advance(toMs: timeMs) }
        pools.advance(toMs: timeMs, stamps: stamps)
    }

    // MARK: Subscriptions

    /// True where this topic exists on the product line.
    func serves(_ topic: Topic, on path: StreamPath) -> Bool {
        guard case .line(let category) = path else { return topic == .status }
        guard topic.exists(on: category) else { return false }
        switch topic {
        case .insurance(let group), .adl(let group): return InsurancePools.groups.contains(group)
        case .trade(let base) where category == .option:
            return markets.contains { $0.category == .option && $0.spec.coins.base == base }
        case .status: return true
        default: return market(topic.symbol, in: category) != nil
        }
    }

    func subscribe(_ subscriber: any Subscriber, to subscription: Subscription) {
        desk.audience(subscription).add(subscriber)
        let opening: ByteBuffer?
        switch subscription.topic {
        case .insurance(let group): opening = pools.opening(group, timeMs: stamps.stamp(nowMs))
        case .adl(let group): opening = pools.adlOpening(group, timeMs: stamps.stamp(nowMs))
        case .status: opening = notices.opening(timeMs: nowMs)
        default:
            opening = market(subscription.topic.symbol, in: subscription.category)?
                .opening(subscription.topic, timeMs: nowMs)
        }
        if let opening { subscriber.deliver(opening) }
    }

    func unsubscribe(_ subscriber: any Subscriber, from subscription: Subscription) {
        guard desk.audience(subscription).remove(subscriber) else { return }
        market(subscription.topic.symbol, in: subscription.category)?.abandon(subscription.topic)
    }

    // MARK: Faults

    func loseNextBookUpdates() {
        for market in markets { market.loseNextBookUpdate() }
    }

    func crossNextBookUpdates() {
        for market in markets { market.crossNextBookUpdate() }
    }

    func startBooksOver() {
        for market in markets { market.startBooksOver() }
    }

    // MARK: Private

    private func each(_ name: String, _ act: (SymbolMarket) -> Void) {
        for market in named[name] ?? [] { act(market) }
    }

    private func list(_ spec: InstrumentSpec) {
        if let known = named[spec.name] {
            for market in known { market.relist(spec) }
            return
        }
        for category in spec.lines where listed[category]?[spec.symbol] == nil {
            let market = SymbolMarket(
                spec: spec,
                category: category,
                candleGraceMs: candleGraceMs,
                stamps: stamps,
                desk: desk
            )
            markets.append(market)
            named[spec.name, default: []].append(market)
            listed[category, default: [:]][spec.symbol] = market
            pools.cover(market)
        }
    }
}
