import Contracts

/// The regimes in which a strategy enters.
struct RegimeFilter: Sendable {
    /// Empty: any, and the regime need not be known; likewise `volatilities`.
    let trends: [MarketContext.Trend]
    let volatilities: [MarketContext.Level]

    /// Why nothing is entered in `context`; nil where it may be.
    func refusal(_ context: MarketContext?) -> String? {
        guard !trends.isEmpty || !volatilities.isEmpty else { return nil }
        guard let context else { return "the regime is not known" }
        if !trends.isEmpty, !trends.contains(context.trend) {
            return "the trend is \(context.trend.rawValue)"
        }
        if !volatilities.isEmpty, !volatilities.contains(context.volatility) {
            return "the volatility is \(context.volatility.rawValue)"
        }
        return nil
    }
}
