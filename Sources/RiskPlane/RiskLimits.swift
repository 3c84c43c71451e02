import Contracts

/// What risk allows at most.
///
/// - Units: amounts in the account's quote asset; every notional is valued at the worst price an intent allows.
package struct RiskLimits: Hashable, Sendable {
    /// Of one order: the distance between the position held and the one wanted.
    package var orderNotionalMax: Money
    /// Of one instrument's position.
    package var positionNotionalMax: Money
    /// Of all positions together, approved ones that are not filled yet included.
    package var grossNotionalMax: Money
    /// Below this equity risk is halted: only what reduces a position passes.
    package var equityMin: Money
    /// Between two approvals that raise the exposure of one instrument and strategy.
    package var cooldownMilliseconds: Int64
    /// The order limit's share that is left while an instrument's volatility is high.
    package var highVolatilityShare: Ratio
    /// The one asset that accounts, limits and profits are counted in.
    package var quoteCoin: String
    /// The least event time between two `risk:state`.
    package var stateIntervalMilliseconds: Int64

    package init(
        orderNotionalMax: Money = 1_000,
        positionNotionalMax: Money = 2_000,
        grossNotionalMax: Money = 5_000,
        equityMin: Money = 0,
        cooldownMilliseconds: Int64 = 5_000,
        highVolatilityShare: Ratio = 1,
        quoteCoin: String = "USDT",
        stateIntervalMilliseconds: Int64 = 1_000
    ) {
        self.orderNotionalMax = orderNotionalMax
        self.positionNotionalMax = positionNotionalMax
        self.grossNotionalMax = grossNotionalMax
        self.equityMin = equityMin
        self.cooldownMilliseconds = cooldownMilliseconds
        self.highVolatilityShare = highVolatilityShare
        self.quoteCoin = quoteCoin
        self.stateIntervalMilliseconds = stateIntervalMilliseconds
    }
}
