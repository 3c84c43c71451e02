import Contracts
import EventKernel

/// Says of each instrument whether its data may be decided on: `market:health`, on each change.
///
/// It measures by arrival in the kernel's time, so that a replay comes to the same verdicts.
package final class FeedMonitor {
    /// How often silence is looked for, in parts of the silence that makes an instrument stale.
    private static let checksPerLimit: Int64 = 5

    private unowned let kernel: Kernel
    private let staleMilliseconds: Int64
    private var freshness: [Instrument: Freshness] = [:]
    /// In order, since a dictionary's own must never reach an event.
    private var instruments: [Instrument] = []
    private var categories: [String: Category] = [:]

    package init(staleMilliseconds: Int64, kernel: Kernel) {
        self.kernel = kernel
        self.staleMilliseconds = staleMilliseconds
        let bus = kernel.bus
        bus.on(MarketSubscribeRequest.self, as: .feedMonitor) { request in self.watch(copy request) }
        bus.on(MarketConnected.self, as: .feedMonitor) { event in
            self.categories[event.connectionID] = event.category
        }
        bus.on(MarketDisconnected.self, as: .feedMonitor) { event in
            self.lost(event.connectionID, event.detail)
        }
        bus.on(MarketErrorEvent.self, as: .feedMonitor) { event in
            guard event.code == "book.gap", let instrument = event.instrument else { return }
            self.change(instrument) { $0.broke(event.why) }
        }
        bus.on(TickerEvent.self, as: .feedMonitor) { event in self.heard(event.instrument, event.exchangeTime)
        }
        bus.on(TradeEvent.self, as: .feedMonitor) { event in self.heard(event.instrument, event.exchangeTime)
        }
        bus.on(KlineEvent.self, as: .feedMonitor) { event in self.heard(event.instrument, nil) }
        bus.on(OrderBookDelta.self, as: .feedMonitor) { event in
            self.heardBook(event.instrument, event.exchangeTime, isSnapshot: event.isSnapshot)
        }
        kernel.every(milliseconds: max(1, staleMilliseconds / Self.checksPerLimit), as: .feedMonitor) {
            self.lookForSilence()
        }
    }

    private func watch(_ request: MarketSubscribeRequest) {
        let hasBook = request.streams.contains { if case .orderBook = $0 { true } else { false } }
        for instrument in request.instruments.sorted() {
            if freshness[instrument] == nil {
                freshness[instrument] = Freshness(hasBook: hasBook)
                instruments.append(instrument)
                publish(instrument)
            } else if hasBook {
                freshness[instrument]?.hasBook = true
            }
        }
        instruments.sort()
    }

    private func heard(_ instrument: Instrument, _ exchangeTime: UnixMilliseconds?) {
        let now = kernel.now
        change(instrument) { $0.heard(at: now, exchangeTime: exchangeTime) }
    }

    private func heardBook(_ instrument: Instrument, _ exchangeTime: UnixMilliseconds, isSnapshot: Bool) {
        let now = kernel.now
        change(instrument) { $0.heardBook(at: now, exchangeTime: exchangeTime, isSnapshot: isSnapshot) }
    }

    private func lost(_ connectionID: String, _ detail: String) {
        guard let category = categories[connectionID] else { return }
        for instrument in instruments where instrument.category == category {
            change(instrument) { $0.lost(detail) }
        }
    }

    private func lookForSilence() {
        let now = kernel.now
        for instrument in instruments {
            change(instrument) { $0.lookForSilence(at: now, limit: staleMilliseconds) }
        }
    }

    /// Changes one instrument's freshness and publishes where its state is another one then.
    private func change(_ instrument: Instrument, _ body: (inout Freshness) -> Bool) {
        guard var state = freshness[instrument] else { return }
        let isAnother = body(&state)
        freshness[instrument] = state
        if isAnother { publish(instrument) }
    }

    private func publish(_ instrument: Instrument) {
        guard let freshness = freshness[instrument] else { return }
        kernel.bus.publish(
            FeedHealth(
                meta: EventMeta(source: .market),
                instrument: instrument,
                state: freshness.state,
                ageMilliseconds: freshness.lastHeard.map { kernel.now - $0 } ?? 0,
                lagMilliseconds: freshness.lag,
                detail: freshness.detail
            )
        )
    }
}
