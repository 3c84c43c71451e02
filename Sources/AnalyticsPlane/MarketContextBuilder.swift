import Contracts
import EventKernel

/// Names the regime that each instrument is in, and speaks only when it is another one.
package final class MarketContextBuilder {
    private unowned let kernel: Kernel
    private let settings: ContextSettings
    private var regimes: [Instrument: Regime] = [:]
    private var told: Set<Instrument> = []

    package init(settings: ContextSettings, kernel: Kernel) {
        self.kernel = kernel
        self.settings = settings
        kernel.bus.on(FeatureSet.self, as: .contextBuilder) { features in self.take(features) }
    }

    private func take(_ features: borrowing FeatureSet) {
        guard features.isWarm else { return }
        let instrument = features.instrument
        var regime = regimes[instrument] ?? Regime(settings: settings)
        let isOther = regime.take(features)
        regimes[instrument] = regime
        guard told.insert(instrument).inserted || isOther else { return }
        kernel.bus.publish(
            MarketContext(
                meta: EventMeta(source: .analytics),
                instrument: instrument,
                trend: regime.trend,
                volatility: regime.volatility,
                liquidity: regime.liquidity,
                confidence: regime.confidence,
                since: features.barEnd
            )
        )
    }
}
