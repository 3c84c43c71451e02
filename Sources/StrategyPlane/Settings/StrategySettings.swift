import Contracts

/// Which strategies run, and the constraints that every intent carries.
package struct StrategySettings: Hashable, Sendable {
    /// Nil: the built-in strategy does not run; likewise the others.
    package var emaCross: EMACrossSettings?
    package var donchian: DonchianSettings?
    package var bollinger: BollingerSettings?
    package var fundingCarry: FundingCarrySettings?
    /// The worst fill price, as a fraction of the touch at the time of the order.
    package var slippageMax: Ratio
    /// How long an intent is good for, beyond the time that its style takes.
    package var intentLifeMilliseconds: Int64
    /// For how many bars no scenario enters an instrument after severe drift there.
    package var driftBars: Int
    /// How many versions of one scenario a rollback can choose from.
    package var scenarioVersionsMax: Int
    /// With how many overruns of its time budget a strategy is disabled.
    package var overrunsMax: Int

    package init(
        emaCross: EMACrossSettings? = nil,
        donchian: DonchianSettings? = nil,
        bollinger: BollingerSettings? = nil,
        fundingCarry: FundingCarrySettings? = nil,
        slippageMax: Ratio = Ratio(units: 1, scale: 3),
        intentLifeMilliseconds: Int64 = 10_000,
        driftBars: Int = 20,
        scenarioVersionsMax: Int = 8,
        overrunsMax: Int = 3
    ) {
        self.emaCross = emaCross
        self.donchian = donchian
        self.bollinger = bollinger
        self.fundingCarry = fundingCarry
        self.slippageMax = slippageMax
        self.intentLifeMilliseconds = intentLifeMilliseconds
        self.driftBars = driftBars
        self.scenarioVersionsMax = scenarioVersionsMax
        self.overrunsMax = overrunsMax
    }
}
