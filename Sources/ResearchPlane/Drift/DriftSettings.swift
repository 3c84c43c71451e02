import Contracts

/// What the drift detector compares, and when it speaks.
package struct DriftSettings: Hashable, Sendable {
    /// The features that are watched: those without a price level, which drifts by its nature.
    package var features: [Feature] = [.spread, .imbalance, .volatility, .barReturn, .tradeFlow]
    /// The first so many vectors of an instrument are its baseline.
    package var baselineCount = 1000
    /// The newest so many are compared with it.
    package var recentCount = 250
    /// A comparison every so many vectors.
    package var stepCount = 25
    package var binCount = 10
    /// Population stability from which drift is moderate, and from which it is severe.
    package var moderateIndex = 0.25
    package var severeIndex = 0.5
    /// Of the Page-Hinkley test on each feature in standard deviations of its baseline.
    package var pageHinkley = PageHinkley.Settings()

    package init() {
        // In standard deviations river's defaults would report noise: a random walk reaches 50 in time.
        pageHinkley.delta = 0.25
    }
}

/// One finding of the drift detector.
package struct DriftFinding: Hashable, Sendable {
    package let instrument: Instrument
    package let features: [Feature]
    package let statistic: MarketDriftDetected.Statistic
    package let value: Double
    package let threshold: Double
    package let baselineCount: Int
    package let recentCount: Int
    package let severity: MarketDriftDetected.Severity

    func event(_ meta: EventMeta) -> MarketDriftDetected {
        MarketDriftDetected(
            meta: meta,
            instrument: instrument,
            features: features.map(\.name),
            statistic: statistic,
            value: value,
            threshold: threshold,
            baselineCount: baselineCount,
            recentCount: recentCount,
            severity: severity
        )
    }
}
