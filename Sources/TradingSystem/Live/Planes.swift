import AnalyticsPlane
import Contracts
import ControlPlane
import EventKernel
import ExecutionPlane
import Logging
import ObservabilityPlane
import ResearchPlane
import RiskPlane
import StoragePlane
import StrategyPlane
import Systemd

/// The planes of one kernel, in the order in which they hear an event.
///
/// Storage records first. Then the books and the venue, as an exchange fills its orders before it tells the market; then
/// what decides, upstream before downstream. Those who only watch come last.
package final class Planes {
    package let bridge: ControlBridge

    /// The ends of the planes that lie outside the kernel; a replay or a test leaves out what it has not.
    package struct Outside {
        package var journal: JournalWriter?
        package var recovery: SnapshotRecovery?
        package var features: FeatureWriter?
        package var research: ResearchWorker?
        /// Measures decisions; a replay hears the overruns that were journaled.
        package var stopwatch: (any DecisionStopwatch)?
        package var feed: EventFeed
        package var logger: Logger
        package var logSwitch: LogSwitch

        package init(
            journal: JournalWriter?,
            recovery: SnapshotRecovery?,
            features: FeatureWriter?,
            research: ResearchWorker?,
            stopwatch: (any DecisionStopwatch)? = nil,
            feed: EventFeed,
            logger: Logger,
            logSwitch: LogSwitch
        ) {
            self.journal = journal
            self.recovery = recovery
            self.features = features
            self.research = research
            self.stopwatch = stopwatch
            self.feed = feed
            self.logger = logger
            self.logSwitch = logSwitch
        }
    }

    /// Makes every plane but the market's, which live, replay and backtest each bring of their own.
    package init(_ configuration: Configuration, outside: Outside, kernel: Kernel) {
        if let journal = outside.journal { _ = EventJournal(writer: journal, kernel: kernel) }
        _ = StateStore(recovery: outside.recovery, kernel: kernel)
        _ = Orchestrator(settings: configuration.orchestration, kernel: kernel)
        Self.makeKeepers(configuration, stopwatch: outside.stopwatch, kernel: kernel)
        _ = FeatureRecorder(barSeconds: configuration.features.barLengthSeconds, kernel: kernel)
        _ = FeatureStore(writer: outside.features, kernel: kernel)
        _ = ResearchRunner(worker: outside.research, kernel: kernel)
        _ = ResearchOrchestrator(settings: configuration.research, kernel: kernel)
        _ = EventLogger(logger: outside.logger, controls: outside.logSwitch, kernel: kernel)
        bridge = ControlBridge(feed: outside.feed, kernel: kernel)
    }

    /// Makes those that keep their state over a restart, but for the Orchestrator; all others hear before or after them.
    static func makeKeepers(
        _ configuration: Configuration,
        stopwatch: (any DecisionStopwatch)?,
        kernel: Kernel
    ) {
        _ = PositionManager(settings: configuration.portfolio, kernel: kernel)
        _ = PaperVenue(settings: configuration.paper, kernel: kernel)
        _ = FeatureEngine(settings: configuration.features, kernel: kernel)
        _ = MarketContextBuilder(settings: configuration.context, kernel: kernel)
        _ = StrategyManager(settings: configuration.strategy, stopwatch: stopwatch, kernel: kernel)
        _ = RiskManager(limits: configuration.risk, kernel: kernel)
        _ = ExecutionEngine(settings: configuration.execution, kernel: kernel)
    }
}

extension Configuration {
    var orchestration: OrchestratorSettings {
        OrchestratorSettings(
            mode: mode,
            venue: "bybit",
            subscriptions: subscriptions,
            configurationHash: hash
        )
    }
}
