import Contracts

/// Where the books begin, and how often they are told anew.
package struct PortfolioSettings: Hashable, Sendable {
    /// The equity before the first fill; restored books keep the one they began with.
    package var startingEquity: Money
    /// The share of a position's value that is not available for others.
    package var marginRate: Ratio
    /// The least event time between two updates that only marks have caused.
    package var markIntervalMilliseconds: Int64
    /// How many execution ids are remembered, so that a fill told again is booked once.
    package var executionIDCountMax: Int

    package init(
        startingEquity: Money = 10_000,
        marginRate: Ratio = 1,
        markIntervalMilliseconds: Int64 = 1_000,
        executionIDCountMax: Int = 512
    ) {
        self.startingEquity = startingEquity
        self.marginRate = marginRate
        self.markIntervalMilliseconds = markIntervalMilliseconds
        self.executionIDCountMax = executionIDCountMax
    }
}
