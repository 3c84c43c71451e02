import AnalyticsPlane
import Contracts
import EventKernel
import ExecutionPlane
import RiskPlane
import StrategyPlane

/// The planes of one backtest on one kernel: those of live, without sockets, files and operators.
///
/// The books and the venue come first: the exchange acts before the bot hears the same market event.
struct BacktestPlanes {
    init(_ settings: BacktestSettings, kernel: Kernel) {
        var portfolio = settings.portfolio
        // Nobody restarts a backtest.
        portfolio.keepsEachFill = false
        _ = PositionManager(settings: portfolio, kernel: kernel)
        _ = PaperVenue(settings: settings.venue, kernel: kernel)
        _ = FeatureEngine(settings: settings.features, kernel: kernel)
        _ = MarketContextBuilder(settings: settings.context, kernel: kernel)
        _ = StrategyManager(settings: settings.strategy, others: settings.strategies, kernel: kernel)
        _ = RiskManager(limits: settings.risk, kernel: kernel)
        _ = ExecutionEngine(settings: settings.execution, kernel: kernel)
    }

    /// Tells what has to be known before the market opens: the rules, fresh data, and how far the system is.
    static func open(
        _ specs: [InstrumentSpec],
        at time: UnixMilliseconds,
        _ lifecycle: ControlState.Lifecycle,
        kernel: Kernel
    ) {
        for spec in specs { kernel.ingest(spec) }
        for spec in specs {
            kernel.ingest(
                FeedHealth(
                    meta: EventMeta(source: .market, ts: time),
                    instrument: spec.instrument,
                    state: .fresh,
                    ageMilliseconds: 0,
                    lagMilliseconds: 0,
                    detail: "history"
                )
            )
        }
        say(lifecycle, at: time, kernel: kernel)
    }

    /// Tells how far the system is.
    static func say(_ lifecycle: ControlState.Lifecycle, at time: UnixMilliseconds, kernel: Kernel) {
        kernel.ingest(
            ControlState(
                meta: EventMeta(source: .system, ts: time),
                lifecycle: lifecycle,
                isPaused: false,
                mode: .backtest,
                since: time
            )
        )
    }
}
