import Contracts
import EventKernel
import FoundationEssentials
import GRDB
import ResearchPlane
import TestKit
import Testing

@Suite struct `Feature recorder` {
    @Test func `records warm feature sets only`() {
        let plane = PlaneHarness { kernel in _ = FeatureRecorder(kernel: kernel) }
        plane.tell(FeatureSet.fixture(bar: 0, isWarm: false))
        plane.tell(FeatureSet.fixture(bar: 1, close: 101))
        let vectors = plane.published(FeatureVectorRecorded.self)
        #expect(vectors.map(\.close) == [Fixture.price(101)])
        #expect(vectors.map(\.meta.source) == [.research])
    }
}

@Suite struct `Research runner` {
    private func run(
        _ count: Int,
        settings: ResearchSettings = ResearchSettings()
    ) -> ([AnyEvent], ResearchStatus) {
        let posted = Posted()
        let worker = ResearchWorker(settings: settings, clock: ManualClock()) { event in
            posted.add(event)
            return true
        }
        let plane = PlaneHarness { kernel in _ = ResearchRunner(worker: worker, kernel: kernel) }
        var random = SeededGenerator(seed: 11)
        for bar in 0..<count {
            let shift = bar > count / 2 ? 3.0 : 0
            plane.tell(
                FeatureVectorRecorded.fixture(
                    bar: bar,
                    close: 100 + random.normal(),
                    barReturn: random.normal() + shift
                )
            )
        }
        worker.finish()
        return (posted.all, worker.status)
    }

    @Test func `posts outcomes and drifts of the vectors it hears`() {
        let (events, status) = run(3000)
        #expect(status.vectorCount == 3000 && status.droppedCount == 0)
        #expect(status.outcomeCount == 3000 - 24)
        #expect(events.count { $0.topic == .researchOutcomeRecorded } == status.outcomeCount)
        #expect(events.count { $0.topic == .analyticsMarketDriftDetected } == status.driftCount)
        #expect(status.driftCount > 0)
        #expect(events.allSatisfy { $0.meta.source == .research })
    }

    @Test func `posts the same for the same vectors`() { #expect(run(2500).0 == run(2500).0) }

    @Test func `posts nothing without a worker`() {
        let plane = PlaneHarness { kernel in _ = ResearchRunner(worker: nil, kernel: kernel) }
        plane.tell(FeatureVectorRecorded.fixture())
        #expect(plane.events.count == 2)  // the harness's first tick and the vector
    }
}

@Suite struct `Research orchestrator` {
    private static let rule = ScenarioRule(
        side: .buy,
        conditions: [],
        stopATR: 1,
        takeProfitATR: 2,
        holdBarsMax: 10
    )

    private static func approved(_ name: String, _ instrument: Instrument) -> ApprovedScenario {
        ApprovedScenario(
            scenario: StrategyID(name),
            version: 1,
            stage: .canary,
            instrument: instrument,
            rule: rule,
            allocation: Money(units: 1000, scale: 0)
        )
    }

    private func harness(_ change: (inout ResearchSettings) -> Void = { _ in }) -> PlaneHarness {
        var settings = ResearchSettings()
        settings.scenarios = [Self.approved("b", Fixture.other), Self.approved("a", Fixture.instrument)]
        change(&settings)
        return PlaneHarness { kernel in _ = ResearchOrchestrator(settings: settings, kernel: kernel) }
    }

    private func state(_ lifecycle: ControlState.Lifecycle) -> ControlState {
        ControlState(
            meta: EventMeta(source: .system),
            lifecycle: lifecycle,
            isPaused: false,
            mode: .paper,
            since: 0
        )
    }

    private func drift(_ severity: MarketDriftDetected.Severity) -> MarketDriftDetected {
        MarketDriftDetected(
            meta: EventMeta(source: .research),
            instrument: Fixture.instrument,
            features: ["spread"],
            statistic: .populationStability,
            value: 1,
            threshold: 0.5,
            baselineCount: 1000,
            recentCount: 250,
            severity: severity
        )
    }

    @Test(arguments: [ControlState.Lifecycle.running, .paused])
    func `enables the approved scenarios once, in their order`(lifecycle: ControlState.Lifecycle) {
        let plane = harness()
        plane.tell(state(.starting))
        #expect(plane.published(ScenarioEnabled.self).isEmpty)
        plane.tell(state(lifecycle))
        plane.tell(state(.paused))
        plane.tell(state(.running))
        #expect(plane.published(ScenarioEnabled.self).map(\.scenario.rawValue) == ["b", "a"])
    }

    @Test func `rolls an instrument's scenarios back on severe drift, once`() {
        let plane = harness()
        plane.tell(state(.running))
        plane.tell(drift(.severe))
        plane.tell(drift(.severe))
        let rollbacks = plane.published(RollbackRequested.self)
        #expect(rollbacks.map(\.scenario.rawValue) == ["a"])
        #expect(rollbacks.first?.toVersion == nil)
        #expect(rollbacks.first?.why.contains("severe drift of spread on linear:BTCUSDT") == true)
        #expect(plane.published(ScenarioDisabled.self).map(\.scenario.rawValue) == ["a"])
    }

    @Test func `leaves moderate drift to the operator unless told otherwise`() {
        let plane = harness()
        plane.tell(state(.running))
        plane.tell(drift(.moderate))
        #expect(plane.published(RollbackRequested.self).isEmpty)
        let strict = harness { $0.rollbackSeverity = .moderate }
        strict.tell(state(.running))
        strict.tell(drift(.moderate))
        #expect(strict.published(RollbackRequested.self).count == 1)
    }

    @Test func `rolls nothing back with the kill switch off`() {
        let plane = harness { $0.rollbackSeverity = nil }
        plane.tell(state(.running))
        plane.tell(drift(.severe))
        #expect(plane.published(RollbackRequested.self).isEmpty)
    }

    private func candidate(_ name: String) -> CandidateScenarioBuilt {
        CandidateScenarioBuilt(
            meta: EventMeta(source: .research),
            scenario: StrategyID(name),
            version: 1,
            instrument: Fixture.instrument,
            rule: Self.rule,
            trainingStart: 0,
            trainingEnd: 1000
        )
    }

    private func backtest(
        _ name: String,
        _ figures: [String: Double],
        of plane: PlaneHarness
    ) -> BacktestCompleted {
        let request = plane.published(BacktestRequested.self).last
        return BacktestCompleted(
            meta: EventMeta(source: .research, correlationID: request?.meta.correlationID),
            scenario: StrategyID(name),
            version: 1,
            inSample: [],
            outOfSample: figures.sorted { $0.key < $1.key }.map {
                NamedFigure(name: $0.key, value: $0.value)
            },
            equityCurve: ""
        )
    }

    @Test func `asks for a candidate's backtest once and keeps its correlation`() {
        let plane = harness()
        plane.tell(candidate("c"))
        plane.tell(candidate("c"))
        let requests = plane.published(BacktestRequested.self)
        let built = plane.published(CandidateScenarioBuilt.self)
        #expect(requests.count == 1)
        #expect(requests.first?.meta.correlationID == built.first.map { .research($0.meta.seq) })
    }

    @Test func `approves a candidate that passes every gate and enables nothing by itself`() {
        let plane = harness()
        plane.tell(candidate("c"))
        plane.tell(
            backtest(
                "c",
                ["trades": 40, "sharpe": 1.5, "profit_factor": 1.4, "max_drawdown": 0.1, "cagr": 1],
                of: plane
            )
        )
        let approved = plane.published(ScenarioApproved.self)
        #expect(approved.map(\.scenario.rawValue) == ["c"])
        #expect(approved.first?.gates.map(\.name) == ["max_drawdown", "profit_factor", "sharpe", "trades"])
        #expect(
            approved.first?.meta.correlationID
                == plane.published(BacktestRequested.self).first?.meta.correlationID
        )
        #expect(plane.published(ScenarioEnabled.self).isEmpty)
    }

    @Test(arguments: [
        (["trades": 5.0, "sharpe": 1.5, "profit_factor": 1.4, "max_drawdown": 0.1], "trades is 5.0"),
        (["trades": 50, "sharpe": .nan, "profit_factor": 1.4, "max_drawdown": 0.1], "sharpe is nan"),
        (["trades": 50, "sharpe": 2, "profit_factor": 1.4, "max_drawdown": 0.5], "max_drawdown is 0.5"),
        (["trades": 50, "sharpe": 2, "profit_factor": 1.4], "max_drawdown is missing"),
    ])
    func `rejects a candidate and says which gate`(figures: [String: Double], why: String) {
        let plane = harness()
        plane.tell(candidate("c"))
        plane.tell(backtest("c", figures, of: plane))
        #expect(plane.published(ScenarioRejected.self).first?.why.contains(why) == true)
        #expect(plane.published(ScenarioApproved.self).isEmpty)
    }

    @Test func `passes over a backtest that nobody asked for`() {
        let plane = harness()
        plane.tell(backtest("x", [:], of: plane))
        #expect(
            plane.published(ScenarioRejected.self).isEmpty && plane.published(ScenarioApproved.self).isEmpty
        )
    }
}

@Suite struct `Research plane` {
    @Test func `has no module that may publish an intent`() {
        let research: Set<Module> = [
            .featureRecorder, .featureStore, .researchRunner, .researchOrchestrator, .driftDetector,
            .outcomeEngine,
        ]
        #expect(research.isDisjoint(with: Topic.strategyIntent.publishers))
    }

    @Test func `subscribes exactly what the event map says`() {
        let plane = PlaneHarness { kernel in
            _ = FeatureRecorder(kernel: kernel)
            _ = FeatureStore(writer: nil, kernel: kernel)
            _ = ResearchRunner(worker: nil, kernel: kernel)
            _ = ResearchOrchestrator(settings: ResearchSettings(), kernel: kernel)
        }
        let ours: Set<Module> = [.featureRecorder, .featureStore, .researchRunner, .researchOrchestrator]
        for topic in Topic.allCases {
            let listed = Set(topic.subscribers).intersection(ours)
            #expect(Set(plane.kernel.bus.subscribers(of: topic)) == listed, "\(topic.rawValue)")
        }
    }
}
