import Contracts

/// Which strategies run, and the constraints that every intent carries.
package struct StrategySettings: Hashable, Sendable {
    /// Nil: the built-in strategy does not run.
    package var emaCross: EMACrossSettings?
    /// The worst fill price, as a fraction of the price at the decision.
    package var slippageMax: Ratio
    package var intentLifeMilliseconds: Int64
    /// For how many bars no scenario enters an instrument after severe drift there.
    package var driftBars: Int
    /// How many versions of one scenario a rollback can choose from.
    package var scenarioVersionsMax: Int

    package init(
        emaCross: EMACrossSettings? = nil,
        slippageMax: Ratio = Ratio(units: 1, scale: 3),
        intentLifeMilliseconds: Int64 = 10_000,
        driftBars: Int = 20,
        scenarioVersionsMax: Int = 8
    ) {
        self.emaCross = emaCross
        self.slippageMax = slippageMax
        self.intentLifeMilliseconds = intentLifeMilliseconds
        self.driftBars = driftBars
        self.scenarioVersionsMax = scenarioVersionsMax
    }
}

/// How the built-in strategy trades.
package struct EMACrossSettings: Hashable, Sendable {
    package var id: StrategyID
    package var version: Int
    /// Empty: every instrument that has features.
    package var instruments: [Instrument]
    /// The exposure wanted after a cross, in quote asset.
    package var notional: Money
    /// Whether a cross downwards sells short; else it only closes.
    package var allowShort: Bool
    /// The trends in which it enters; empty: any, and the regime need not be known.
    package var trends: [MarketContext.Trend]
    /// The volatilities in which it enters; empty: any.
    package var volatilities: [MarketContext.Level]

    package init(
        id: StrategyID = StrategyID("ema-cross"),
        version: Int = 1,
        instruments: [Instrument] = [],
        notional: Money = 500,
        allowShort: Bool = true,
        trends: [MarketContext.Trend] = [],
        volatilities: [MarketContext.Level] = []
    ) {
        self.id = id
        self.version = version
        self.instruments = instruments
        self.notional = notional
        self.allowShort = allowShort
        self.trends = trends
        self.volatilities = volatilities
    }
}
