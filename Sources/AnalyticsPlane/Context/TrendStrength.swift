import Contracts

/// What one bar says of the trend: how far the averages are apart, and how directed the moves are.
struct TrendStrength {
    private let isUp: Bool
    /// In average true ranges; nil where there is no range to measure by.
    private let distance: Double?
    private let index: Double?

    private static let needed = FeatureMask([.emaFast, .emaSlow, .atr])

    /// Whether the averages and the range are known.
    static func isKnown(in features: borrowing FeatureSet) -> Bool {
        features.known.isSuperset(of: needed)
    }

    /// Nil where an average or the range is not known.
    init?(_ features: borrowing FeatureSet) {
        guard let fast = features.value(of: .emaFast), let slow = features.value(of: .emaSlow),
            let range = features.value(of: .atr)
        else { return nil }
        isUp = fast > slow
        distance = range > 0 ? (fast - slow).magnitude / range : nil
        index = features.value(of: .adx)
    }

    /// The trend after this bar; it ends later than it begins.
    func trend(after now: MarketContext.Trend, _ settings: ContextSettings) -> MarketContext.Trend {
        guard let distance else { return .range }
        let direction: MarketContext.Trend = isUp ? .up : .down
        let begins = distance >= settings.trendBegins && (index ?? .infinity) >= settings.adxBegins
        let lasts = distance >= settings.trendEnds && (index ?? .infinity) >= settings.adxEnds
        return begins || (now == direction && lasts) ? direction : .range
    }

    /// 1 where the figures are twice what a trend needs to begin; in a range, where they are 0.
    func confidence(in trend: MarketContext.Trend, _ settings: ContextSettings) -> Double {
        guard let distance else { return 0 }
        var share = min(1, distance / (2 * settings.trendBegins))
        if let index { share = (share + min(1, index / (2 * settings.adxBegins))) / 2 }
        switch trend {
        case .range: return 1 - share
        case .up: return isUp ? share : 0
        case .down: return isUp ? 0 : share
        }
    }
}
