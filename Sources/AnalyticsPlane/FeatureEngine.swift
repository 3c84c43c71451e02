import Contracts
import EventKernel

/// Turns the market's stream into one set of features a bar and instrument.
///
/// The module only listens and speaks; ``InstrumentFeatures`` computes.
package final class FeatureEngine {
    private unowned let kernel: Kernel
    private let settings: FeatureSettings
    private var instruments: [Instrument: InstrumentFeatures] = [:]

    package init(settings: FeatureSettings, kernel: Kernel) {
        self.kernel = kernel
        self.settings = settings
        let bus = kernel.bus
        bus.on(TickerEvent.self, as: .featureEngine) { ticker in
            self.update(ticker.instrument) { $0.see(ticker.exchangeTime) }
        }
        bus.on(OpenInterestEvent.self, as: .featureEngine) { interest in
            self.update(interest.instrument) { $0.see(interest.exchangeTime) }
        }
        bus.on(FundingEvent.self, as: .featureEngine) { funding in
            self.update(funding.instrument) { $0.see(funding.exchangeTime) }
        }
        bus.on(OrderBookDelta.self, as: .featureEngine) { delta in
            self.update(delta.instrument) { $0.take(delta) }
        }
        bus.on(TradeEvent.self, as: .featureEngine) { trade in
            try self.updateBar(trade.instrument) { state throws(FeatureError) in try state.take(trade) }
        }
        bus.on(KlineEvent.self, as: .featureEngine) { kline in
            try self.updateBar(kline.instrument) { state throws(FeatureError) in try state.take(kline) }
        }
    }

    /// Lets an event in that closes no bar by itself, but may show that one is overdue.
    private func update(_ instrument: Instrument, _ take: (inout InstrumentFeatures) -> Void) {
        take(&instruments[instrument, default: InstrumentFeatures(settings: settings)])
        scheduleClose(of: instrument)
    }

    /// Lets an event in that may close a bar, and speaks if it does.
    private func updateBar(
        _ instrument: Instrument,
        _ take: (inout InstrumentFeatures) throws(FeatureError) -> Bar?
    ) throws(FeatureError) {
        guard instruments[instrument]?.isOut != true else { return }
        let features: FeatureSet?
        do throws(FeatureError) {
            features = try advance(
                &instruments[instrument, default: InstrumentFeatures(settings: settings)],
                instrument,
                take
            )
        } catch {
            instruments[instrument]?.isOut = true
            throw error
        }
        // A bar of the past warms the indicators up; nobody may act on it as if it were new.
        if let features, instruments[instrument]?.isClosedBarLive == true { kernel.bus.publish(features) }
        scheduleClose(of: instrument)
    }

    private func advance(
        _ state: inout InstrumentFeatures,
        _ instrument: Instrument,
        _ take: (inout InstrumentFeatures) throws(FeatureError) -> Bar?
    ) throws(FeatureError) -> FeatureSet? {
        guard let bar = try take(&state) else { return nil }
        return try state.close(bar, of: instrument)
    }

    /// Trades and other streams overtake each other a little, so an overdue bar waits before it is closed.
    private func scheduleClose(of instrument: Instrument) {
        guard instruments[instrument]?.needsClose == true else { return }
        instruments[instrument]?.isCloseScheduled = true
        kernel.after(milliseconds: settings.overdueMilliseconds, as: .featureEngine) {
            self.instruments[instrument]?.isCloseScheduled = false
            try self.updateBar(instrument) { state throws(FeatureError) in state.closeOverdueBar() }
        }
    }
}
