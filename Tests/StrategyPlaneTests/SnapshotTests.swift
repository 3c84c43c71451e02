import Contracts
import EventKernel
import StrategyPlane
import TestKit
import Testing

@Suite struct `The strategies' state` {
    private static let settings = StrategySettings(
        emaCross: EMACrossSettings(
            options: StrategyOptions(
                id: emaCross,
                sizing: .equityFraction(Ratio(units: 2, scale: 1)),
                timing: .nextOpen,
                reversal: .throughFlat
            ),
            mode: .always
        ),
        donchian: DonchianSettings(
            options: StrategyOptions(id: StrategyID("donchian"), cooldownBars: 3),
            stopATR: 1
        ),
        bollinger: BollingerSettings(
            options: StrategyOptions(
                id: StrategyID("bollinger"),
                instruments: [bitcoin],
                timeframeSeconds: 120,
                style: .twap(slices: 2, intervalMilliseconds: 1_000),
                obeysDrift: true
            )
        ),
        fundingCarry: FundingCarrySettings(),
        driftBars: 3
    )

    @Test(arguments: 0..<40)
    func `taken over at any cut, leads to the same later events`(seed: UInt64) throws {
        let script = MarketScript(seed: seed, count: 160)
        var generator = SeededGenerator(seed: seed &+ 1_000)
        let cut = Int.random(in: 1..<script.steps.count, using: &generator)
        let whole = Floor(Self.settings)
        whole.broker.answer = script.answer
        for step in script.steps[..<cut] { try script.tell(step, to: whole) }
        whole.plane.tell(SnapshotRequest(meta: EventMeta(source: .system), why: "test"))
        let snapshot = try #require(whole.plane.published(StateSnapshot.self).last)
        #expect(snapshot.part == .strategies)
        let other = Floor(
            Self.settings,
            startingAt: whole.plane.time,
            after: whole.plane.kernel.bus.sequence
        )
        other.broker.takeOver(whole.broker)
        other.broker.answer = script.answer
        other.plane.tell(
            StateRecovery(
                meta: EventMeta(source: .storage),
                step: .restored(
                    part: .strategies,
                    version: snapshot.version,
                    body: snapshot.body,
                    asOf: snapshot.meta.seq
                )
            )
        )
        whole.plane.forget()
        other.plane.forget()
        for step in script.steps[cut...] {
            try script.tell(step, to: whole)
            try script.tell(step, to: other)
        }
        let (expected, found) = (whole.plane.decisions, other.plane.decisions)
        let first = zip(expected, found).first { $0 != $1 }
        #expect(first == nil)
        #expect(expected.count == found.count)
        #expect(!whole.plane.intents.isEmpty)
        #expect(other.plane.errors.allSatisfy { $0.code == "strategy.overrun" })
    }

    @Test func `is told anew, seat by seat, once it is taken over`() throws {
        let floor = Floor(others: [.scripted([long])])
        floor.plane.tell(FeatureSet.fixture())
        let other = Floor(others: [.scripted([long])])
        try hand(from: floor, to: other)
        #expect(other.phases(of: scripted) == [.holding])
        other.plane.tell(FeatureSet.fixture())
        #expect(other.plane.intents.isEmpty)
    }

    @Test func `closes what a strategy holds that is configured no longer`() throws {
        let floor = Floor(others: [.scripted([long])])
        floor.plane.tell(FeatureSet.fixture())
        let other = Floor()
        other.broker.takeOver(floor.broker)
        try hand(from: floor, to: other)
        for _ in 1...2 { other.plane.tell(FeatureSet.fixture()) }
        #expect(other.plane.intents.map(\.target) == [0])
        #expect(other.plane.intents.map(\.strategy) == [scripted])
    }

    @Test func `leaves its position to another version, which decides anew`() throws {
        let floor = Floor(others: [.scripted([long])])
        floor.plane.tell(FeatureSet.fixture())
        let other = Floor(others: [.scripted([flat]) { $0.version = 2 }])
        other.broker.takeOver(floor.broker)
        try hand(from: floor, to: other)
        other.plane.tell(FeatureSet.fixture())
        #expect(other.plane.intents.map(\.target) == [0])
        #expect(other.plane.intents.map(\.version) == [2])
    }

    @Test func `keeps what operators made of it`() throws {
        let floor = Floor(others: [.scripted([long], id: "a"), .scripted([long], id: "b")])
        floor.plane.command(.strategyDisable(StrategyID("a")))
        floor.plane.command(.strategySet(StrategyID("b"), key: "notional", value: "250"))
        let other = Floor(others: [.scripted([long], id: "a"), .scripted([long], id: "b")])
        try hand(from: floor, to: other)
        other.plane.tell(FeatureSet.fixture())
        #expect(other.plane.intents.map(\.target) == [250])
    }

    @Test func `adopts what was filled after it was kept`() throws {
        let floor = Floor(others: [.scripted([quiet, flat])])
        floor.plane.tell(FeatureSet.fixture())
        let other = Floor(others: [.scripted([quiet, flat])])
        try hand(from: floor, to: other)
        other.plane.tell(PositionUpdate.fixture(quantity: 5))
        other.plane.tell(FeatureSet.fixture())
        #expect(other.plane.intents.map(\.target) == [0])
    }

    @Test(arguments: [
        (version: 2, body: "{}", code: "strategies.version"),
        (version: 1, body: "no", code: "strategies.unreadable"),
    ])
    func `is refused, with the reason, where it cannot be read`(version: Int, body: String, code: String) {
        let floor = Floor(others: [.scripted([long])])
        floor.plane.tell(
            StateRecovery(
                meta: EventMeta(source: .storage),
                step: .restored(part: .strategies, version: version, body: body, asOf: 1)
            )
        )
        #expect(floor.plane.errors.map(\.code) == [code])
        floor.plane.tell(FeatureSet.fixture())
        #expect(floor.plane.intents.count == 1)
    }

    private func hand(from old: Floor, to new: Floor) throws {
        old.plane.tell(SnapshotRequest(meta: EventMeta(source: .system), why: "test"))
        let snapshot = try #require(old.plane.published(StateSnapshot.self).last)
        new.plane.tell(
            StateRecovery(
                meta: EventMeta(source: .storage),
                step: .restored(
                    part: .strategies,
                    version: snapshot.version,
                    body: snapshot.body,
                    asOf: snapshot.meta.seq
                )
            )
        )
    }
}
