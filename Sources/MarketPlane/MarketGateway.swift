import Contracts
import EventKernel

/// The Market plane's ear in the kernel: turns the Orchestrator's wishes into calls on a feed.
///
/// It decides nothing and keeps only what it must ask for again; connections and retries are the feed's.
package final class MarketGateway {
    private let feed: any MarketFeed
    private let source: any InstrumentSource
    private var instruments: [Instrument] = []

    package init(
        feed: any MarketFeed,
        source: any InstrumentSource,
        refreshMilliseconds: Int64,
        kernel: Kernel
    ) {
        self.feed = feed
        self.source = source
        kernel.bus.on(MarketConnectRequest.self, as: .marketGateway) { request in
            self.feed.connect(request.category)
        }
        kernel.bus.on(MarketDisconnectRequest.self, as: .marketGateway) { request in
            self.feed.disconnect(why: request.why)
        }
        kernel.bus.on(MarketSubscribeRequest.self, as: .marketGateway) { request in
            self.subscribe(request.instruments, to: request.streams)
        }
        // Limits are revised by the exchange while we run.
        kernel.every(milliseconds: refreshMilliseconds, as: .marketGateway) {
            if !self.instruments.isEmpty { self.source.load(self.instruments) }
        }
    }

    private func subscribe(_ wanted: [Instrument], to streams: [MarketStream]) {
        feed.subscribe(wanted, to: streams)
        source.load(wanted)
        for instrument in wanted where !instruments.contains(instrument) { instruments.append(instrument) }
        instruments.sort()
    }
}
