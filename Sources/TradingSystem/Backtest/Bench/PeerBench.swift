import AnalyticsPlane
import Contracts
import EventKernel
import ExecutionPlane
import Glibc
import HistoricalData
import Indicators
import RiskPlane
import StrategyPlane

/// The peers' backtest through all planes: the same series, strategy and orders as `bench/peers` has them.
///
/// EMAs of 10 and 20 bars that begin with the first close; from the 20th close on long while the fast one is above, else
/// short; one unit, then two to turn round.
package enum PeerBench {
    /// What one run of one series came to.
    package struct Outcome: Sendable {
        package var orders = 0
        /// Bars or ticks.
        package var events = 0
        /// Of the run's own thread.
        package var cpuSeconds = 0.0
        package var wallSeconds = 0.0
        package var decisionDigest = ""
    }

    /// What several runs at once came to.
    package struct Parallel: Sendable {
        package var outcomes: [Outcome] = []
        package var wallSeconds = 0.0
    }

    /// What of a run may be left out, to see what it costs.
    package struct Options: Sendable {
        package var digestsAllEvents = false
        /// Whether the books tell what the account is worth each bar, or once a day and at each fill.
        package var marksEachBar = false

        package init() {}
    }

    private static let instrument = Instrument(category: .linear, symbol: symbol)

    /// One-minute bars of `bars.npy`: start, open, high, low, close in tenths, volume in thousandths.
    package static func bars(_ path: String, _ options: Options = Options()) throws -> Outcome {
        try run(try barData(path), .klines(minutes: 1), .candles(slippage: 0), options)
    }

    /// Trades of `ticks.npy`: time, price in tenths, size in thousandths, side; read as they are told.
    package static func ticks(_ path: String, _ options: Options = Options()) throws -> Outcome {
        try run(
            try DataSet(parts: [
                .numpyTicks(path: path, instrument: instrument, priceScale: 1, quantityScale: 3)
            ]),
            .trades,
            .trades(slippage: 0),
            options
        )
    }

    /// The bars as many times at once as there are `workers`, all of one copy.
    package static func bars(_ path: String, workers: Int) async throws -> Parallel {
        let data = try barData(path)
        return try await parallel(workers) {
            try run(data, .klines(minutes: 1), .candles(slippage: 0), Options())
        }
    }

    /// The ticks as many times at once as there are `workers`.
    package static func ticks(_ path: String, workers: Int) async throws -> Parallel {
        try await parallel(workers) { try ticks(path) }
    }

    /// The most memory the process has had, in bytes.
    package static var peakBytes: Int {
        var usage = rusage()
        unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1_024
    }

    private static func barData(_ path: String) throws -> DataSet {
        let columns = try CandleColumns.numpy(path, instrument: instrument, priceScale: 1, quantityScale: 3)
        return try DataSet(parts: [.candles(columns)])
    }

    private static func parallel(
        _ workers: Int,
        _ body: @escaping @Sendable () throws -> Outcome
    ) async throws -> Parallel {
        let start = ProcessClock.wallSeconds
        let outcomes = try await BacktestBatch(workers: workers).map(Array(0..<workers)) { _ in try body() }
        return Parallel(outcomes: outcomes, wallSeconds: ProcessClock.wallSeconds - start)
    }

    private static func run(
        _ data: DataSet,
        _ source: BarSource,
        _ liquidity: PaperVenueSettings.Liquidity,
        _ options: Options
    ) throws -> Outcome {
        let result = try BacktestRun(settings: settings(source, liquidity, options), data: data).run()
        return Outcome(
            orders: result.orderCount,
            events: result.topics.first { $0.topic == .marketTrade }?.count ?? result.rootCount / 2,
            cpuSeconds: result.timing.cpuSeconds,
            wallSeconds: result.timing.wallSeconds,
            decisionDigest: result.decisionDigest
        )
    }

    private static func settings(
        _ source: BarSource,
        _ liquidity: PaperVenueSettings.Liquidity,
        _ options: Options
    ) -> BacktestSettings {
        var settings = BacktestSettings()
        settings.features = FeatureSettings(source: source, barSeconds: 60, emaFastBars: 10, emaSlowBars: 20)
        settings.features.emaSeed = .firstClose
        settings.features.features = FeatureMask([.emaFast, .emaSlow])
        settings.strategy.emaCross = EMACrossSettings(
            options: StrategyOptions(
                id: StrategyID("ema-cross"),
                sizing: .quantity(1),
                slippageMax: Ratio(units: 5, scale: 1)
            ),
            mode: .always
        )
        settings.risk = .widest
        // Nobody watches: risk tells its state once a day.
        settings.risk.stateIntervalMilliseconds = 86_400_000
        settings.venue = PaperVenueSettings(liquidity: liquidity)
        settings.portfolio.startingEquity = 100_000_000
        settings.portfolio.markIntervalMilliseconds = options.marksEachBar ? 60_000 : 86_400_000
        settings.quantityStep = Quantity(units: 1, scale: 3)
        settings.digestsAllEvents = options.digestsAllEvents
        settings.keepsTrades = false
        settings.curveMilliseconds = 86_400_000
        return settings
    }

    private static var symbol: Symbol {
        guard let symbol = Symbol("BTCUSDT") else { preconditionFailure("the symbol is plain text") }
        return symbol
    }
}
