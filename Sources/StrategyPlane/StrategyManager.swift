import Contracts
import EventKernel

/// Runs the strategies bar by bar and says what they want to hold; it never says how.
///
/// One intent of each strategy and instrument is current; a newer one supersedes it. While trading is paused the
/// strategies go on, and risk goes on refusing them. The module listens and speaks; ``Desk`` and ``StrategySeat``
/// decide.
package final class StrategyManager {
    let bus: EventBus
    let settings: StrategySettings
    private let stopwatch: (any DecisionStopwatch)?
    var desks: Desks
    var shelf: ScenarioShelf
    var overruns: [OverrunTally] = []
    var isStopping = false
    /// Whether a seat waits for the equity after its exit.
    var isAccountAwaited = false
    /// Whether a decision may have to wait for a candle to open.
    private let awaitsOpens: Bool

    /// Makes the manager of the built-in strategies of `settings` and of `others`.
    ///
    /// - Parameters:
    ///   - settings: Which built-in strategies run, and what every intent carries.
    ///   - others: Strategies of one's own; every strategy has an id of its own.
    ///   - stopwatch: Measures the decisions; nil in backtests and replays.
    ///   - kernel: The kernel that keeps the manager.
    package init(
        settings: StrategySettings,
        others: [ConfiguredStrategy] = [],
        stopwatch: (any DecisionStopwatch)? = nil,
        kernel: Kernel
    ) {
        bus = kernel.bus
        self.settings = settings
        self.stopwatch = stopwatch
        desks = Desks(Roster(settings.builtIns + others))
        shelf = ScenarioShelf(versionsMax: settings.scenarioVersionsMax)
        awaitsOpens = desks.roster.entries.contains { $0.options.timing == .nextOpen }
        listenToMarket(kernel.bus)
        listenToAnswers(kernel.bus)
        listenToScenarios(kernel.bus)
        listenToOperators(kernel.bus)
        listenToRecovery(kernel.bus)
    }

    private func listenToMarket(_ bus: EventBus) {
        bus.on(FeatureSet.self, as: .strategyManager) { features in
            if let place = self.desks.take(features, self.stopwatch) { self.attend(place) }
        }
        bus.on(KlineEvent.self, as: .strategyManager) { kline in
            guard self.awaitsOpens, !kline.isConfirmed, !kline.isBackfill else { return }
            let place = self.desks.open(kline.instrument, from: kline.start, at: kline.open)
            if let place { self.attend(place) }
        }
        bus.on(MarketContext.self, as: .strategyManager) { context in
            self.desks[self.desks.place(of: context.instrument)].note(copy context)
        }
        bus.on(FundingEvent.self, as: .strategyManager) { funding in
            guard !funding.isBackfill else { return }
            self.desks[self.desks.place(of: funding.instrument)].note(copy funding)
        }
        bus.on(InstrumentSpec.self, as: .strategyManager) { spec in
            self.desks[self.desks.place(of: spec.instrument)].tickSize = spec.tickSize
        }
        bus.on(MarketDriftDetected.self, as: .strategyManager) { drift in
            guard drift.severity == .severe, self.settings.driftBars > 0 else { return }
            self.desks[self.desks.place(of: drift.instrument)].drift = DriftMark(
                statistic: drift.statistic,
                value: drift.value,
                threshold: drift.threshold,
                barsLeft: self.settings.driftBars
            )
        }
    }

    private func listenToAnswers(_ bus: EventBus) {
        bus.on(ControlState.self, as: .strategyManager) { state in
            switch state.lifecycle {
            case .stopping, .stopped, .failed: self.isStopping = true
            case .starting, .recovering, .running, .paused: self.isStopping = false
            }
        }
        bus.on(ApprovedIntent.self, as: .strategyManager) { approved in
            let place = self.desks.place(of: approved.instrument)
            try self.desks[place].take(approved)
            self.attend(place)
        }
        bus.on(RejectedIntent.self, as: .strategyManager) { rejected in
            // What was refused stays wanted: the next bar asks again.
            self.desks[self.desks.place(of: rejected.instrument)].take(rejected)
        }
        bus.on(OrderEvent.self, as: .strategyManager) { order in
            let place = self.desks.place(of: order.instrument)
            try self.desks[place].take(order)
            self.attend(place)
        }
        bus.on(PositionUpdate.self, as: .strategyManager) { update in
            let place = self.desks.place(of: update.instrument)
            try self.desks[place].take(update)
            self.attend(place)
        }
        bus.on(AccountUpdate.self, as: .strategyManager) { account in
            self.desks.equity = account.equity
            if self.isAccountAwaited { self.turnRound() }
        }
    }
}
