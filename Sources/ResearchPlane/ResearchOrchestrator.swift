import Contracts
import EventKernel

/// Runs the research pipeline by its events, and is the one voice that enables and disables scenarios.
///
/// The module only listens and speaks; ``ScenarioBook`` decides. It proposes and withdraws, and never trades.
package final class ResearchOrchestrator {
    /// How often an instrument's outcomes ended at each barrier.
    package struct LabelCounts: Hashable, Sendable {
        package var upper = 0
        package var lower = 0
        package var time = 0
    }

    private unowned let kernel: Kernel
    private var book: ScenarioBook
    /// By instrument.
    package private(set) var labels: [Instrument: LabelCounts] = [:]
    package private(set) var driftCount = 0
    package private(set) var clusterCount = 0
    package private(set) var candidateCount = 0
    /// Candidates that found no room for their test, and backtests that nobody had asked for.
    package private(set) var passedOverCount = 0

    package init(settings: ResearchSettings, kernel: Kernel) {
        self.kernel = kernel
        book = ScenarioBook(settings: settings)
        let bus = kernel.bus
        bus.on(ControlState.self, as: .researchOrchestrator) { state in self.start(at: state.lifecycle) }
        bus.on(MarketDriftDetected.self, as: .researchOrchestrator) { drift in self.answer(drift) }
        bus.on(OutcomeRecorded.self, as: .researchOrchestrator) { outcome in self.count(outcome) }
        bus.on(NewClusterFound.self, as: .researchOrchestrator) { _ in self.clusterCount += 1 }
        bus.on(CandidateScenarioBuilt.self, as: .researchOrchestrator) { candidate in self.test(candidate) }
        bus.on(BacktestCompleted.self, as: .researchOrchestrator) { backtest in self.judge(backtest) }
    }

    /// The scenarios that may trade now.
    package var enabledScenarios: [ApprovedScenario] { book.enabled }

    private func start(at lifecycle: ControlState.Lifecycle) {
        for approved in book.start(at: lifecycle) {
            kernel.bus.publish(
                ScenarioEnabled(
                    meta: EventMeta(source: .research),
                    scenario: approved.scenario,
                    version: approved.version,
                    stage: approved.stage,
                    instrument: approved.instrument,
                    rule: approved.rule,
                    allocation: approved.allocation,
                    why: "approved in the configuration"
                )
            )
        }
    }

    private func answer(_ drift: borrowing MarketDriftDetected) {
        driftCount += 1
        let affected = book.rollBack(after: drift)
        let why =
            "\(drift.severity.rawValue) drift of \(drift.features.joined(separator: ", ")) on \(drift.instrument)"
        let meta = drift.meta.answered(by: .research)
        for scenario in affected {
            kernel.bus.publish(
                RollbackRequested(
                    meta: meta,
                    scenario: scenario.scenario,
                    fromVersion: scenario.version,
                    toVersion: nil,
                    why: why
                )
            )
            kernel.bus.publish(ScenarioDisabled(meta: meta, scenario: scenario.scenario, why: why))
        }
    }

    private func count(_ outcome: borrowing OutcomeRecorded) {
        switch outcome.barrier {
        case .upper: labels[outcome.instrument, default: LabelCounts()].upper += 1
        case .lower: labels[outcome.instrument, default: LabelCounts()].lower += 1
        case .time: labels[outcome.instrument, default: LabelCounts()].time += 1
        }
    }

    private func test(_ candidate: borrowing CandidateScenarioBuilt) {
        candidateCount += 1
        let name = ScenarioBook.Candidate(scenario: candidate.scenario, version: candidate.version)
        guard book.startTest(of: name) else {
            passedOverCount += 1
            return
        }
        // All that follows from a candidate carries its number.
        let correlation = candidate.meta.correlationID ?? .research(candidate.meta.seq)
        kernel.bus.publish(
            BacktestRequested(
                meta: EventMeta(source: .research, correlationID: correlation),
                scenario: candidate.scenario,
                version: candidate.version,
                rule: candidate.rule,
                instrument: candidate.instrument,
                start: candidate.trainingStart,
                end: kernel.now,
                takerFee: book.settings.takerFee,
                seed: book.settings.seed
            )
        )
    }

    private func judge(_ backtest: borrowing BacktestCompleted) {
        let name = ScenarioBook.Candidate(scenario: backtest.scenario, version: backtest.version)
        guard let reasons = book.endTest(of: name, with: backtest.outOfSample) else {
            passedOverCount += 1
            return
        }
        let meta = backtest.meta.answered(by: .research)
        let gates = book.gated(backtest.outOfSample)
        if reasons.isEmpty {
            kernel.bus.publish(
                ScenarioApproved(
                    meta: meta,
                    scenario: backtest.scenario,
                    version: backtest.version,
                    gates: gates
                )
            )
        } else {
            kernel.bus.publish(
                ScenarioRejected(
                    meta: meta,
                    scenario: backtest.scenario,
                    version: backtest.version,
                    gates: gates,
                    why: reasons.joined(separator: "; ")
                )
            )
        }
    }
}
