/// The features of schema version 1, in their order.
///
/// - Units: EMAs and ATR in quote asset; the rest are fractions, but `tradeFlow`, which is between -1 and 1.
package enum Feature: Int, CaseIterable, Hashable, Sendable {
    case emaFast, emaSlow, atr, spread, imbalance, volatility, barReturn, tradeFlow

    /// The version of this list; it grows by one when the list changes.
    package static let schemaVersion = 1

    /// The feature's name in files and on the wire.
    package var name: String {
        switch self {
        case .emaFast: "ema_fast"
        case .emaSlow: "ema_slow"
        case .atr: "atr"
        case .spread: "spread"
        case .imbalance: "imbalance"
        case .volatility: "volatility"
        case .barReturn: "bar_return"
        case .tradeFlow: "trade_flow"
        }
    }

    /// Finds a feature by its name.
    package init?(name: String) {
        guard let feature = Feature.allCases.first(where: { $0.name == name }) else { return nil }
        self = feature
    }
}

/// One instrument's features at the end of one bar.
///
/// - Topic: `analytics:features`; published by the FeatureEngine, once a bar.
/// - Units: see ``Feature``; `close` is the bar's last price, exact.
package struct FeatureSet: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let instrument: Instrument
    package let schemaVersion: Int
    package let barSeconds: Int
    package let barEnd: UnixMilliseconds
    package let close: Price
    package let high: Price
    package let low: Price
    /// False until every indicator has seen enough bars; until then nothing may be decided on it.
    package let isWarm: Bool
    /// In the order of ``Feature``; finite numbers only.
    package let values: [Double]

    package init(
        meta: EventMeta,
        instrument: Instrument,
        schemaVersion: Int = Feature.schemaVersion,
        barSeconds: Int,
        barEnd: UnixMilliseconds,
        close: Price,
        high: Price,
        low: Price,
        isWarm: Bool,
        values: [Double]
    ) {
        precondition(values.count == Feature.allCases.count, "one value a feature")
        self.meta = meta
        self.instrument = instrument
        self.schemaVersion = schemaVersion
        self.barSeconds = barSeconds
        self.barEnd = barEnd
        self.close = close
        self.high = high
        self.low = low
        self.isWarm = isWarm
        self.values = values
    }

    package subscript(feature: Feature) -> Double { values[feature.rawValue] }
}

/// The regime an instrument is in.
///
/// - Topic: `analytics:context`; published by the MarketContextBuilder when the regime changes.
package struct MarketContext: Hashable, Codable, Sendable {
    package enum Trend: String, Hashable, Codable, Sendable { case up, down, range }
    package enum Level: String, Hashable, Codable, Sendable { case low, normal, high }

    package var meta: EventMeta
    package let instrument: Instrument
    package let trend: Trend
    package let volatility: Level
    package let liquidity: Level
    /// 0 to 1.
    package let confidence: Double
    package let since: UnixMilliseconds

    package init(
        meta: EventMeta,
        instrument: Instrument,
        trend: Trend,
        volatility: Level,
        liquidity: Level,
        confidence: Double,
        since: UnixMilliseconds
    ) {
        self.meta = meta
        self.instrument = instrument
        self.trend = trend
        self.volatility = volatility
        self.liquidity = liquidity
        self.confidence = confidence
        self.since = since
    }
}

/// The market no longer behaves as in the baseline.
///
/// - Topic: `analytics:marketDriftDetected`; published by the DriftDetector.
package struct MarketDriftDetected: Hashable, Codable, Sendable {
    package enum Statistic: String, Hashable, Codable, Sendable {
        case populationStability = "psi"
        case pageHinkley = "page_hinkley"
    }
    package enum Severity: String, Hashable, Codable, Sendable { case moderate, severe }

    package var meta: EventMeta
    package let instrument: Instrument
    package let features: [String]
    package let statistic: Statistic
    package let value: Double
    package let threshold: Double
    /// In feature vectors.
    package let baselineCount: Int
    package let recentCount: Int
    package let severity: Severity

    package init(
        meta: EventMeta,
        instrument: Instrument,
        features: [String],
        statistic: Statistic,
        value: Double,
        threshold: Double,
        baselineCount: Int,
        recentCount: Int,
        severity: Severity
    ) {
        self.meta = meta
        self.instrument = instrument
        self.features = features
        self.statistic = statistic
        self.value = value
        self.threshold = threshold
        self.baselineCount = baselineCount
        self.recentCount = recentCount
        self.severity = severity
    }
}
