import Contracts
import EventKernel

/// Names the regime, the session and the funding window that each instrument is in, and speaks only on a change.
///
/// The module only listens and speaks; ``InstrumentContext`` judges. Regimes move with bars; sessions and windows with
/// the exchange's time, whichever event shows it.
package final class MarketContextBuilder {
    private let bus: EventBus
    private let settings: ContextSettings
    private var table = InstrumentTable<InstrumentContext>()

    package init(settings: ContextSettings, kernel: Kernel) {
        bus = kernel.bus
        self.settings = settings
        bus.on(FeatureSet.self, as: .contextBuilder) { features in self.hear(features) }
        bus.on(FundingEvent.self, as: .contextBuilder) { funding in
            let place = self.place(of: funding.instrument)
            if self.table[place].take(funding, self.settings) { self.speak(place) }
        }
        bus.on(TickerEvent.self, as: .contextBuilder) { ticker in
            guard let place = self.table.place(of: ticker.instrument) else { return }
            if self.table[place].see(ticker.exchangeTime, self.settings) { self.speak(place) }
        }
        bus.on(SnapshotRequest.self, as: .contextBuilder) { request in
            try self.keep(request.meta.answered(by: .analytics))
        }
        bus.on(StateRecovery.self, as: .contextBuilder) { recovery in try self.recover(recovery.step) }
    }

    @inline(never)
    private func hear(_ features: borrowing FeatureSet) {
        let place = place(of: features.instrument)
        if table[place].take(features, settings) { speak(place) }
    }

    private func place(of instrument: Instrument) -> Int {
        table.place(of: instrument, orAdd: InstrumentContext(instrument))
    }

    private func speak(_ place: Int) {
        if let context = table[place].context { bus.publish(context) }
    }

    private func keep(_ meta: EventMeta) throws(StateError) {
        let body = ContextBody(settings: settings, instruments: Array(table.values))
        bus.publish(
            StateSnapshot(
                meta: meta,
                part: .context,
                version: ContextBody.version,
                body: try StateCoding.text(of: body, part: .context)
            )
        )
    }

    private func recover(_ step: borrowing StateRecovery.Step) throws(StateError) {
        guard case .restored(part: .context, let version, let text, asOf: _) = copy step else { return }
        let body = try StateCoding.read(ContextBody.self, text, version, part: .context)
        guard body.settings == settings else {
            bus.publish(ErrorEvent(anew: .context, by: .contextBuilder))
            return
        }
        table = InstrumentTable()
        for state in body.instruments { table.set(state, of: state.instrument) }
    }
}
