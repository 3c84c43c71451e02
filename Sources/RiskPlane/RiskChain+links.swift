import Contracts

extension RiskChain {
    /// Every check, in the order in which they are asked: first who may speak, then what the world allows, then how
    /// much.
    static let links: [Link] = [
        Link(.lifecycle, LifecycleCheck.ask),
        Link(.paused, PausedCheck.ask),
        Link(.halted, HaltedCheck.ask),
        Link(.clock, ClockCheck.ask),
        Link(.exchange, ExchangeCheck.ask),
        Link(.instrument, InstrumentCheck.ask),
        Link(.feed, FeedCheck.ask),
        Link(.intentExpired, ExpiryCheck.ask),
        Link(.unknownOrder, UnknownOrderCheck.ask),
        Link(.orderRate, OrderRateCheck.ask),
        Link(.runaway, RunawayCheck.ask),
        Link(.cooldown, CooldownCheck.ask),
        Link(.lossStreak, LossStreakCheck.ask),
        Link(.stopLossGuard, StopLossGuardCheck.ask),
        Link(.dailyLoss, DailyLossCheck.ask),
        Link(.drawdown, DrawdownCheck.ask),
        Link(.collar, CollarCheck.ask),
        Link(.spread, SpreadCheck.ask),
        Link(.slippage, SlippageCheck.ask),
        Link(.fundingCost, FundingCostCheck.ask),
        Link(.reduceOnly, ReduceOnlyCheck.ask),
        Link(.selfTrade, SelfTradeCheck.ask),
        Link(.orderSize, OrderSizeCheck.ask),
        Link(.orderNotional, OrderNotionalCheck.ask),
        Link(.positionNotional, PositionNotionalCheck.ask),
        Link(.strategyBudget, StrategyBudgetCheck.ask),
        Link(.groupNotional, GroupNotionalCheck.ask),
        Link(.correlation, CorrelationCheck.ask),
        Link(.netNotional, NetNotionalCheck.ask),
        Link(.grossNotional, GrossNotionalCheck.ask),
        Link(.leverage, LeverageCheck.ask),
        Link(.margin, MarginCheck.ask),
        Link(.liquidationDistance, LiquidationDistanceCheck.ask),
        Link(.quantityStep, QuantityStepCheck.ask),
        Link(.arithmetic, ArithmeticCheck.ask),
    ]
}
