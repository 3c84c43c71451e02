import Contracts
import EventKernel

/// Says of each instrument whether its data may be decided on: `market:health`, on each change.
///
/// It measures in the kernel's time, by arrival and by the exchange's own times, so that a replay comes to the same
/// verdicts. A lost connection takes with it only the instruments whose streams it carried.
package final class FeedMonitor {
    /// How often silence is looked for, in parts of the silence that makes an instrument stale.
    private static let checksPerLimit: Int64 = 5

    private unowned let kernel: Kernel
    private let limits: Freshness.Limits
    private var freshness: [Instrument: Freshness] = [:]
    /// In order, since a dictionary's own must never reach an event.
    private var instruments: [Instrument] = []
    private var plan: ConnectionPlan
    /// Of connections that are not of the plan, as in a test: theirs is the whole category.
    private var categories: [String: Category] = [:]
    /// How far our clock is ahead of the exchange's, once that is known.
    private var offset: Int64 = 0

    package init(settings: MarketSettings, kernel: Kernel) {
        self.kernel = kernel
        limits = Freshness.Limits(
            silence: settings.staleMilliseconds,
            exchangeAge: settings.staleExchangeMilliseconds
        )
        plan = ConnectionPlan(settings: settings)
        listen(on: kernel.bus)
        let interval = max(1, settings.staleMilliseconds / Self.checksPerLimit)
        kernel.every(milliseconds: interval, as: .feedMonitor) { self.lookForSilence(at: self.kernel.now) }
        // After a standstill: before a timer decides on what has grown old meanwhile.
        kernel.onLeap(over: interval, as: .feedMonitor) { self.lookForSilence(at: $0) }
    }

    private func listen(on bus: EventBus) {
        bus.on(MarketSubscribeRequest.self, as: .feedMonitor) { request in self.watch(copy request) }
        bus.on(MarketConnected.self, as: .feedMonitor) { event in
            self.categories[event.connectionID] = event.category
        }
        bus.on(MarketDisconnected.self, as: .feedMonitor) { event in
            self.lost(event.connectionID, event.detail)
        }
        bus.on(MarketErrorEvent.self, as: .feedMonitor) { event in
            guard event.code == "book.gap", let instrument = event.instrument else { return }
            var depth: Int?
            if case .orderBook(let told) = event.stream { depth = told }
            self.change(instrument) { $0.broke(depth: depth, event.why) }
        }
        bus.on(ClockOffset.self, as: .feedMonitor) { event in self.offset = event.offsetMilliseconds }
        bus.on(TickerEvent.self, as: .feedMonitor) { event in
            self.heard(.ticker, event.instrument, event.exchangeTime)
        }
        // What is fetched afterwards says nothing of the stream.
        bus.on(TradeEvent.self, as: .feedMonitor) { event in
            if !event.isBackfill { self.heard(.trades, event.instrument, event.exchangeTime) }
        }
        bus.on(KlineEvent.self, as: .feedMonitor) { event in
            if !event.isBackfill { self.heard(.candles, event.instrument, nil) }
        }
        bus.on(OrderBookDelta.self, as: .feedMonitor) { event in
            self.heardBook(event.instrument, event.exchangeTime, event.depth, isSnapshot: event.isSnapshot)
        }
    }

    private func watch(_ request: MarketSubscribeRequest) {
        _ = plan.place(request.instruments, streams: request.streams)
        let depths = request.streams.compactMap { stream in
            if case .orderBook(let depth) = stream { depth } else { nil }
        }
        for instrument in request.instruments.sorted() {
            let isNew = freshness[instrument] == nil
            if isNew { instruments.append(instrument) }
            freshness[instrument, default: Freshness(category: instrument.category)].watchBooks(
                depths: depths
            )
            if isNew { publish(instrument, at: kernel.now) }
        }
        instruments.sort()
    }

    private func heard(
        _ source: Freshness.Source,
        _ instrument: Instrument,
        _ exchangeTime: UnixMilliseconds?
    ) {
        let now = kernel.now
        change(instrument) {
            $0.heard(source, at: now, exchangeTime: exchangeTime, offset: offset, limits: limits)
        }
    }

    private func heardBook(
        _ instrument: Instrument,
        _ exchangeTime: UnixMilliseconds,
        _ depth: Int,
        isSnapshot: Bool
    ) {
        let now = kernel.now
        change(instrument) {
            $0.heardBook(
                at: now,
                exchangeTime: exchangeTime,
                depth: depth,
                isSnapshot: isSnapshot,
                offset: offset,
                limits: limits
            )
        }
    }

    private func lost(_ connectionID: String, _ detail: String) {
        let affected = plan.instruments(on: connectionID)
        for instrument in instruments {
            let isAffected =
                affected?.contains(instrument) ?? (categories[connectionID] == instrument.category)
            if isAffected { change(instrument) { $0.lost(detail) } }
        }
    }

    private func lookForSilence(at time: UnixMilliseconds) {
        for instrument in instruments {
            change(instrument, at: time) { $0.look(at: time, offset: offset, limits: limits) }
        }
    }

    /// Changes one instrument's freshness and publishes where its state is another one then.
    private func change(
        _ instrument: Instrument,
        at time: UnixMilliseconds? = nil,
        _ body: (inout Freshness) -> Bool
    ) {
        guard let index = freshness.index(forKey: instrument) else { return }
        if body(&freshness.values[index]) { publish(instrument, at: time ?? kernel.now) }
    }

    private func publish(_ instrument: Instrument, at time: UnixMilliseconds) {
        guard let freshness = freshness[instrument] else { return }
        kernel.bus.publish(
            FeedHealth(
                meta: EventMeta(source: .market),
                instrument: instrument,
                state: freshness.state,
                ageMilliseconds: freshness.lastHeard.map { time - $0 } ?? 0,
                exchangeAgeMilliseconds: freshness.exchangeAge(at: time, offset: offset),
                lagMilliseconds: freshness.lag,
                detail: freshness.detail
            )
        )
    }
}
