import Contracts
import Indicators

/// One instrument's regime, moved on by each warm bar.
///
/// Borders have hysteresis and each part lasts a while, so that it does not flutter.
struct Regime: Hashable, Codable {
    private var trendNow = Dwelling(MarketContext.Trend.range)
    private var volatilityNow = Dwelling(MarketContext.Level.normal)
    private var liquidityNow = Dwelling(MarketContext.Level.normal)
    private var volatilityMean: EMA
    /// How clearly the trend's figures speak for the trend, 0 to 1.
    private(set) var confidence = 0.0

    var trend: MarketContext.Trend { trendNow.value }
    var volatility: MarketContext.Level { volatilityNow.value }
    var liquidity: MarketContext.Level { liquidityNow.value }

    /// Starts with what the first bar shows.
    init?(_ features: borrowing FeatureSet, _ settings: ContextSettings) {
        volatilityMean = EMA(length: settings.volatilityMeanBars)
        guard let strength = TrendStrength(features) else { return nil }
        trendNow = Dwelling(strength.trend(after: .range, settings))
        liquidityNow = Dwelling(level(ofSpread: features.value(of: .spread), settings))
        if let volatility = features.value(of: .volatility) { volatilityMean.update(volatility) }
        confidence = strength.confidence(in: trend, settings)
    }

    /// Takes one bar's features in; says whether the regime is another one now.
    mutating func take(_ features: borrowing FeatureSet, _ settings: ContextSettings) -> Bool {
        guard let strength = TrendStrength(features) else { return false }
        let dwell = settings.dwellBars
        var isOther = trendNow.move(to: strength.trend(after: trend, settings), dwellBars: dwell)
        confidence = strength.confidence(in: trend, settings)
        let volatility = level(ofVolatility: features.value(of: .volatility), settings)
        if volatilityNow.move(to: volatility, dwellBars: dwell) { isOther = true }
        let liquidity = level(ofSpread: features.value(of: .spread), settings)
        if liquidityNow.move(to: liquidity, dwellBars: dwell) { isOther = true }
        return isOther
    }

    private mutating func level(
        ofVolatility value: Double?,
        _ settings: ContextSettings
    ) -> MarketContext.Level {
        guard let value else { return volatility }
        defer { volatilityMean.update(value) }
        guard let mean = volatilityMean.value, mean > 0 else { return volatility }
        return volatility.moved(
            by: value / mean,
            low: settings.volatilityLow,
            high: settings.volatilityHigh,
            margin: settings.hysteresis
        )
    }

    /// A low spread is high liquidity; without a book nothing changes.
    private func level(ofSpread spread: Double?, _ settings: ContextSettings) -> MarketContext.Level {
        guard let spread else { return liquidity }
        return liquidity.opposite.moved(
            by: spread,
            low: settings.spreadTight,
            high: settings.spreadWide,
            margin: settings.hysteresis
        ).opposite
    }
}

extension MarketContext.Level {
    /// The level of `figure`; leaving this one takes going beyond the border by the margin.
    fileprivate func moved(by figure: Double, low: Double, high: Double, margin: Double) -> Self {
        let highBorder = high * (self == .high ? 1 - margin : 1 + margin)
        let lowBorder = low * (self == .low ? 1 + margin : 1 - margin)
        if figure >= highBorder { return .high }
        return figure <= lowBorder ? .low : .normal
    }

    fileprivate var opposite: Self {
        switch self {
        case .low: .high
        case .normal: .normal
        case .high: .low
        }
    }
}
