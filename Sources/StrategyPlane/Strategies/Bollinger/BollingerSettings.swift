import Contracts

/// How the Bollinger mean reversion trades.
package struct BollingerSettings: Hashable, Sendable {
    package var options: StrategyOptions
    /// Whether it sells above the upper band; else it only buys below the lower one.
    package var allowShort: Bool
    /// How many average true ranges away its stop is; 0: none.
    package var stopATR: Ratio
    /// The trends in which it enters; empty: any, and the regime need not be known.
    package var trends: [MarketContext.Trend]
    /// The volatilities in which it enters; empty: any.
    package var volatilities: [MarketContext.Level]

    package init(
        options: StrategyOptions = StrategyOptions(id: StrategyID("bollinger")),
        allowShort: Bool = true,
        stopATR: Ratio = 2,
        trends: [MarketContext.Trend] = [.range],
        volatilities: [MarketContext.Level] = []
    ) {
        self.options = options
        self.allowShort = allowShort
        self.stopATR = stopATR
        self.trends = trends
        self.volatilities = volatilities
    }
}
