import Contracts

/// One instrument's regime, moved on by each warm bar; borders have hysteresis, so that it does not flutter.
struct Regime {
    private let settings: ContextSettings
    private var volatilityMean: EMA
    private(set) var trend = MarketContext.Trend.range
    private(set) var volatility = MarketContext.Level.normal
    private(set) var liquidity = MarketContext.Level.normal
    private(set) var confidence = 0.0

    init(settings: ContextSettings) {
        self.settings = settings
        volatilityMean = EMA(length: settings.volatilityMeanBars)
    }

    /// Takes one bar's features in; says whether the regime is another one now.
    mutating func take(_ features: borrowing FeatureSet) -> Bool {
        let before = (trend, volatility, liquidity)
        moveTrend(features[.emaFast] - features[.emaSlow], in: features[.atr])
        moveVolatility(features[.volatility])
        // Low spread is high liquidity.
        let spread = level(
            of: features[.spread],
            now: liquidity.opposite,
            low: settings.spreadTight,
            high: settings.spreadWide
        )
        liquidity = spread.opposite
        return before != (trend, volatility, liquidity)
    }

    private mutating func moveTrend(_ distance: Double, in atr: Double) {
        // Without any range there is no scale to measure a trend by.
        guard atr > 0 else {
            (trend, confidence) = (.range, 0)
            return
        }
        let strength = abs(distance) / atr
        let direction: MarketContext.Trend = distance > 0 ? .up : .down
        if strength >= settings.trendBegins {
            trend = direction
        } else if strength < settings.trendEnds || trend != direction {
            trend = .range
        }
        let share = min(1, strength / (2 * settings.trendBegins))
        confidence = trend == .range ? 1 - share : share
    }

    private mutating func moveVolatility(_ value: Double) {
        defer { volatilityMean.add(value) }
        guard let mean = volatilityMean.value, mean > 0 else { return }
        volatility = level(
            of: value / mean,
            now: volatility,
            low: settings.volatilityLow,
            high: settings.volatilityHigh
        )
    }

    /// The level of `figure`; leaving the level of now takes going beyond the border by the hysteresis.
    private func level(
        of figure: Double,
        now: MarketContext.Level,
        low: Double,
        high: Double
    ) -> MarketContext.Level {
        let margin = settings.hysteresis
        let highBorder = high * (now == .high ? 1 - margin : 1 + margin)
        let lowBorder = low * (now == .low ? 1 + margin : 1 - margin)
        if figure >= highBorder { return .high }
        return figure <= lowBorder ? .low : .normal
    }
}

extension MarketContext.Level {
    var opposite: Self {
        switch self {
        case .low: .high
        case .normal: .normal
        case .high: .low
        }
    }
}
