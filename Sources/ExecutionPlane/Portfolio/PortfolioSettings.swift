import Contracts

/// Where the books begin, what positions hold back, and how often they are told anew.
///
/// - Units: rates are fractions; leverage is a factor; money in the coin named beside it.
package struct PortfolioSettings: Hashable, Sendable {
    /// The coin that the account is told in; restored books keep the one they began with.
    package var coin: String
    /// The account coin's equity before the first fill; restored books keep the one they began with.
    package var startingEquity: Money
    /// What the account owns of other coins before the first fill; restored books keep theirs.
    package var otherWallets: [AccountUpdate.Wallet]
    /// The share of a position's value that is not available for others; for positions without leverage.
    package var marginRate: Ratio
    /// By what a position's value is divided for what it holds back, and may be liquidated for; 0: `marginRate` counts.
    package var leverage: Ratio
    /// The share of a position's value below which its margin may not fall before it is liquidated.
    package var maintenanceRate: Ratio
    /// The least event time between two updates of one position that only its mark has caused.
    package var markIntervalMilliseconds: Int64
    /// How many execution ids are remembered, so that a fill told again is booked once; of fundings as many.
    package var executionIDCountMax: Int
    /// Whether the whole of the books is published after each fill, or only when asked for.
    package var keepsEachFill: Bool

    package init(
        coin: String = "USDT",
        startingEquity: Money = 10_000,
        otherWallets: [AccountUpdate.Wallet] = [],
        marginRate: Ratio = 1,
        leverage: Ratio = 0,
        maintenanceRate: Ratio = Ratio(units: 5, scale: 3),
        markIntervalMilliseconds: Int64 = 1_000,
        executionIDCountMax: Int = 512,
        keepsEachFill: Bool = true
    ) {
        self.coin = coin
        self.startingEquity = startingEquity
        self.otherWallets = otherWallets
        self.marginRate = marginRate
        self.leverage = leverage
        self.maintenanceRate = maintenanceRate
        self.markIntervalMilliseconds = markIntervalMilliseconds
        self.executionIDCountMax = executionIDCountMax
        self.keepsEachFill = keepsEachFill
    }
}
