import Contracts
import EventKernel
import StrategyPlane
import TestKit
import Testing

@Suite struct `Strategy manager` {
    let plane = PlaneHarness.strategies(
        StrategySettings(emaCross: EMACrossSettings(), driftBars: 3)
    )

    private func cross() {
        plane.tell(FeatureSet.fixture(distance: -1))
        plane.tell(FeatureSet.fixture(distance: 1))
    }

    @Test func `gives each intent its own correlation, constraints and a reason`() throws {
        cross()
        let intent = try #require(plane.intents.first)
        #expect(intent.meta.correlationID == .intent(intent.meta.seq))
        #expect(intent.meta.source == .strategy)
        #expect(intent.referencePrice == 100)
        #expect(intent.slippageMax == Ratio("0.001"))
        #expect(intent.expires == intent.meta.ts + 10_000)
        #expect(intent.reason.contains("crossed"))
    }

    @Test func `asks again, bar by bar, for what was refused`() {
        cross()
        plane.reject()
        plane.tell(FeatureSet.fixture(distance: 1, close: 101))
        plane.reject()
        plane.tell(FeatureSet.fixture(distance: 1, close: 102))
        #expect(plane.intents.map(\.target) == [500, 500, 500])
        #expect(plane.intents.map(\.referencePrice) == [100, 101, 102])
        #expect(Set(plane.intents.map(\.meta.correlationID)).count == 3)
    }

    @Test func `does not repeat what was approved`() {
        cross()
        plane.approve()
        plane.tell(FeatureSet.fixture(distance: 1))
        #expect(plane.intents.count == 1)
    }

    @Test func `asks again where an approved order ended short`() throws {
        cross()
        plane.approve()
        plane.tell(OrderEvent.fixture(try #require(plane.intents.last), state: .cancelled, filled: 2))
        plane.tell(FeatureSet.fixture(distance: 1))
        plane.approve()
        plane.tell(OrderEvent.fixture(try #require(plane.intents.last), state: .filled, filled: 5))
        plane.tell(FeatureSet.fixture(distance: 1))
        #expect(plane.intents.map(\.target) == [500, 500])
    }

    @Test func `wants nothing back that was never approved`() {
        let plane = PlaneHarness.strategies(
            StrategySettings(emaCross: EMACrossSettings(allowShort: false))
        )
        for distance in [-1.0, 1, -1] {
            plane.tell(FeatureSet.fixture(distance: distance))
            plane.reject()
        }
        #expect(plane.intents.map(\.target) == [500])
    }

    @Test func `says nothing once the system stops`() {
        plane.tell(ControlState.fixture(.stopping))
        cross()
        #expect(plane.intents.isEmpty)
    }

    @Test func `goes on while trading is paused`() {
        plane.tell(ControlState.fixture(.paused))
        cross()
        #expect(plane.intents.count == 1)
    }
}

@Suite struct `An enabled scenario` {
    let plane = PlaneHarness.strategies(StrategySettings(driftBars: 3))

    private func enter(_ scenario: ScenarioEnabled = .fixture()) {
        plane.tell(InstrumentSpec.fixture())
        plane.tell(scenario)
        plane.tell(FeatureSet.fixture(imbalance: 0.6))
        plane.approve()
    }

    @Test func `enters when all its conditions hold, with stop and take profit on the tick`() throws {
        plane.tell(InstrumentSpec.fixture())
        plane.tell(ScenarioEnabled.fixture())
        plane.tell(FeatureSet.fixture(imbalance: 0.4))
        #expect(plane.intents.isEmpty)
        plane.tell(FeatureSet.fixture(atr: 2.2, imbalance: 0.6))
        let intent = try #require(plane.intents.first)
        #expect(intent.target == 1_000)
        #expect(intent.stop == 98)
        #expect(intent.takeProfit == 102)
    }

    @Test(
        arguments: [
            (side: Side.buy, high: 101, low: 98, why: "stop"),
            (side: .buy, high: 102, low: 99, why: "take profit"),
            (side: .buy, high: 103, low: 97, why: "stop"), (side: .sell, high: 102, low: 99, why: "stop"),
            (side: .sell, high: 101, low: 98, why: "take profit"),
        ] as [(side: Side, high: Price, low: Price, why: String)]
    )
    func `leaves at its stop or take profit`(side: Side, high: Price, low: Price, why: String) throws {
        enter(.fixture(side: side))
        plane.tell(FeatureSet.fixture(high: 101, low: 99, imbalance: 0.6))
        #expect(plane.intents.count == 1)
        plane.tell(FeatureSet.fixture(high: high, low: low))
        #expect(plane.intents.map(\.target) == [side == .buy ? 1_000 : -1_000, 0])
        #expect(try #require(plane.intents.last).reason.contains(why))
    }

    @Test func `leaves after its time`() {
        enter()
        for _ in 1...4 { plane.tell(FeatureSet.fixture()) }
        #expect(plane.intents.count == 1)
        plane.tell(FeatureSet.fixture())
        #expect(plane.intents.map(\.target) == [1_000, 0])
    }

    @Test(arguments: [
        (stage: ScenarioEnabled.Stage.shadow, targets: [] as [Money]), (stage: .canary, targets: [100]),
        (stage: .full, targets: [1_000]),
    ])
    func `trades as much as its stage allows`(stage: ScenarioEnabled.Stage, targets: [Money]) {
        enter(.fixture(stage: stage))
        #expect(plane.intents.map(\.target) == targets)
    }

    @Test func `never enters on a feature that nobody knows`() {
        enter(.fixture(feature: "moon_phase"))
        #expect(plane.intents.isEmpty)
    }

    @Test func `goes flat at once when it is disabled, and asks until it is`() {
        enter()
        plane.tell(ScenarioDisabled(meta: EventMeta(source: .research), scenario: dip, why: "losing"))
        plane.reject()
        plane.tell(FeatureSet.fixture(imbalance: 0.6))
        plane.approve()
        plane.tell(FeatureSet.fixture(imbalance: 0.6))
        #expect(plane.intents.map(\.target) == [1_000, 0, 0])
        #expect(plane.intents.last?.reason == "disabled: losing")
    }

    @Test func `asks again when the order that closes a disabled one ended short`() throws {
        enter()
        plane.tell(ScenarioDisabled(meta: EventMeta(source: .research), scenario: dip, why: "losing"))
        plane.approve()
        let closing = try #require(plane.intents.last)
        plane.tell(OrderEvent.fixture(closing, state: .submitting, filled: 0))
        plane.tell(FeatureSet.fixture())
        plane.tell(OrderEvent.fixture(closing, state: .cancelled, filled: 2))
        plane.tell(FeatureSet.fixture())
        #expect(plane.intents.map(\.target) == [1_000, 0, 0])
    }

    @Test func `says nothing when disabled while flat`() {
        plane.tell(ScenarioEnabled.fixture())
        plane.tell(FeatureSet.fixture())
        plane.tell(ScenarioDisabled(meta: EventMeta(source: .research), scenario: dip, why: "unused"))
        plane.tell(FeatureSet.fixture(imbalance: 0.6))
        #expect(plane.intents.isEmpty)
    }

    @Test(arguments: [
        (version: 1, targets: [100, 1_000, 0, 100] as [Money]), (version: nil, targets: [100, 1_000, 0]),
    ])
    func `goes flat on a rollback, then trades the earlier version or none`(version: Int?, targets: [Money]) {
        enter(.fixture(version: 1, stage: .canary))
        plane.forget()
        let before = [Money(100)]
        plane.tell(ScenarioEnabled.fixture(version: 2))
        plane.approve()  // flat, since the newer version starts without a position
        plane.forget()
        plane.tell(FeatureSet.fixture(imbalance: 0.6))
        plane.approve()
        plane.tell(
            RollbackRequested(
                meta: EventMeta(source: .research),
                scenario: dip,
                fromVersion: 2,
                toVersion: version,
                why: "worse"
            )
        )
        plane.approve()
        plane.tell(FeatureSet.fixture(imbalance: 0.6))
        #expect(before + plane.intents.map(\.target) == targets)
        #expect(plane.intents.contains { $0.reason.contains("rolled back from version 2") })
    }

    @Test func `goes off where the version to go back to is not known`() {
        enter()
        plane.tell(
            RollbackRequested(
                meta: EventMeta(source: .research),
                scenario: dip,
                fromVersion: 1,
                toVersion: 9,
                why: "worse"
            )
        )
        plane.approve()
        plane.tell(FeatureSet.fixture(imbalance: 0.6))
        #expect(plane.intents.map(\.target) == [1_000, 0])
    }

    @Test func `stays out for some bars after severe drift`() {
        plane.tell(ScenarioEnabled.fixture())
        plane.tell(MarketDriftDetected.fixture(.severe))
        for _ in 1...3 { plane.tell(FeatureSet.fixture(imbalance: 0.6)) }
        #expect(plane.intents.isEmpty)
        plane.tell(FeatureSet.fixture(imbalance: 0.6))
        #expect(plane.intents.map(\.target) == [1_000])
    }

    @Test func `does not mind moderate drift`() {
        plane.tell(MarketDriftDetected.fixture(.moderate))
        enter()
        #expect(plane.intents.count == 1)
    }

    @Test func `still leaves while the market drifts, and says that it stays out`() throws {
        enter()
        plane.tell(MarketDriftDetected.fixture(.severe))
        plane.tell(FeatureSet.fixture(low: 97))
        #expect(plane.intents.map(\.target) == [1_000, 0])
        #expect(try #require(plane.intents.last).reason.contains("no new entries: severe drift"))
    }

    @Test func `asks for no entry again that was refused before severe drift`() {
        plane.tell(ScenarioEnabled.fixture())
        plane.tell(FeatureSet.fixture(imbalance: 0.6))
        plane.reject()
        plane.tell(MarketDriftDetected.fixture(.severe))
        plane.tell(FeatureSet.fixture())
        #expect(plane.intents.count == 1)
    }
}
