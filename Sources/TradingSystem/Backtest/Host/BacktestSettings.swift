import AnalyticsPlane
import Contracts
import ExecutionPlane
import RiskPlane
import StrategyPlane

/// What a backtest runs with: the planes' own settings, as live has them, and what only a backtest is asked.
package struct BacktestSettings: Sendable {
    package var features = FeatureSettings()
    package var context = ContextSettings()
    package var strategy = StrategySettings()
    /// Strategies of one's own, beside the built-in ones.
    package var strategies: [ConfiguredStrategy] = []
    package var risk = RiskLimits()
    package var execution = ExecutionSettings(instance: "back-00000000")
    package var venue = PaperVenueSettings()
    package var portfolio = PortfolioSettings()

    /// The exchange's rules where they are known; else they follow from the data's decimal places.
    package var specs: [InstrumentSpec] = []
    /// Goes before the data's decimal places, for every instrument without rules of its own.
    package var tickSize: Price?
    package var quantityStep: Quantity?
    package var notionalMin: Money?
    /// What a fill costs where the data has no books to tell.
    package var slippage: Ratio = Ratio(units: 1, scale: 4)
    /// Whether settings that the data has no streams for give way to those it has; what gave way is told.
    package var fitsData = true

    /// From when on orders may leave; what comes before warms the features up.
    ///
    /// Nil: from the first event on.
    package var tradesFrom: UnixMilliseconds?

    /// Whether the digest of all events is taken beside that of the decisions.
    package var digestsAllEvents = true
    /// Whether every fill and round trip is kept, or only counted.
    package var keepsTrades = true
    /// The distance of the equity curve's points, which drawdown and exposure go by; nil: each candle's close, without candles each minute.
    package var curveMilliseconds: Int64?

    package init() {}
}
