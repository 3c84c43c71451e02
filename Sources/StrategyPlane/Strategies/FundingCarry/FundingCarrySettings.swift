import Contracts

/// How the funding carry trades.
package struct FundingCarrySettings: Hashable, Sendable {
    package var options: StrategyOptions
    /// Whether it sells short to receive; else it only buys where shorts pay.
    package var allowShort: Bool
    /// The rate, whatever its sign, from which on it holds the side that receives.
    package var entryRate: Ratio
    /// The rate below which it leaves; at most `entryRate`.
    package var exitRate: Ratio
    /// The least time to the settlement at an entry: nearer to it there may be no fill in time.
    package var settlementMinutesMin: Int
    /// The most time to the settlement at an entry: earlier the rate may still change.
    package var settlementMinutesMax: Int

    package init(
        options: StrategyOptions = StrategyOptions(id: StrategyID("funding-carry")),
        allowShort: Bool = true,
        entryRate: Ratio = Ratio(units: 5, scale: 4),
        exitRate: Ratio = Ratio(units: 1, scale: 4),
        settlementMinutesMin: Int = 5,
        settlementMinutesMax: Int = 240
    ) {
        self.options = options
        self.allowShort = allowShort
        self.entryRate = entryRate
        self.exitRate = exitRate
        self.settlementMinutesMin = settlementMinutesMin
        self.settlementMinutesMax = settlementMinutesMax
    }
}
