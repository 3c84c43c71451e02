import Contracts

/// How the EMA cross trades.
package struct EMACrossSettings: Hashable, Sendable {
    package var options: StrategyOptions
    package var mode: EMACrossMode
    /// Whether it sells short while the fast average is below; else it is flat then.
    package var allowShort: Bool
    /// The trends in which it enters; empty: any, and the regime need not be known.
    package var trends: [MarketContext.Trend]
    /// The volatilities in which it enters; empty: any.
    package var volatilities: [MarketContext.Level]

    package init(
        options: StrategyOptions = StrategyOptions(id: StrategyID("ema-cross")),
        mode: EMACrossMode = .onCross,
        allowShort: Bool = true,
        trends: [MarketContext.Trend] = [],
        volatilities: [MarketContext.Level] = []
    ) {
        self.options = options
        self.mode = mode
        self.allowShort = allowShort
        self.trends = trends
        self.volatilities = volatilities
    }
}

/// When the EMA cross takes a side.
package enum EMACrossMode: String, Hashable, Codable, Sendable, CaseIterable {
    /// At a cross: the first one after the start, so that it never enters a move that began unseen.
    case onCross = "on_cross"
    /// From the first warm bar on: long while the fast average is above, short while it is below.
    case always
}
