import Contracts
import EventKernel
import StrategyPlane
import TestKit
import Testing

@Suite struct `A broken strategy` {
    private static func says(_ decision: StrategyDecision) -> ScriptedStrategy.Line { .say(decision) }

    private static let nonsense: [(line: ScriptedStrategy.Line, why: String)] = [
        (says(.full(.buy, stop: .nan, reason: "")), "a stop of nan"),
        (says(.full(.buy, takeProfit: .infinity, reason: "")), "a take profit of inf"),
        (says(.full(.buy, stop: 101, reason: "")), "a stop of 101.0 at a price of 100"),
        (says(.full(.buy, stop: -1, reason: "")), "a stop of -1.0"),
        (says(.full(.buy, takeProfit: 99, reason: "")), "a take profit of 99.0"),
        (says(.full(.sell, stop: 99, reason: "")), "may not"),
        (says(StrategyDecision(exposure: Ratio(units: 11, scale: 1), reason: "")), "above its allocation"),
        (says(StrategyDecision(exposure: 0, stop: 99, reason: "")), "neither stop nor take profit"),
        (short, "it wants to be short and may not be"),
    ]

    @Test(arguments: nonsense.indices)
    func `is disabled for nonsense, and closes what it holds`(index: Int) throws {
        let (line, why) = Self.nonsense[index]
        let floor = Floor(others: [.scripted([long, line, long], allowsShort: false)])
        for _ in 1...3 { floor.plane.tell(FeatureSet.fixture()) }
        #expect(floor.plane.intents.map(\.target) == [500, 0])
        let error = try #require(floor.plane.errors.first)
        #expect(floor.plane.errors.count == 1)
        #expect(error.code == "strategy.nonsense")
        #expect(error.why.contains(why), "\(error.why)")
        #expect(floor.plane.states.last?.isEnabled == false)
        #expect(floor.plane.states.last?.phase == .flat)
    }

    @Test func `is disabled everywhere when it throws, and the others go on`() throws {
        let floor = Floor(others: [
            .scripted([long, .fail("out of range")], id: "a"), .scripted([long, quiet, flat], id: "b"),
        ])
        floor.plane.tell(FeatureSet.fixture(of: ether))
        for _ in 1...3 { floor.plane.tell(FeatureSet.fixture()) }
        let of = { id in floor.plane.intents.filter { $0.strategy.rawValue == id } }
        #expect(of("a").map(\.target) == [500, 500, 0, 0])
        #expect(of("a").map(\.instrument) == [ether, bitcoin, ether, bitcoin])
        #expect(of("b").map(\.target) == [500, 500, 0])
        let error = try #require(floor.plane.errors.first)
        #expect(error.code == "strategy.failed")
        #expect(error.what == "strategy a was disabled")
        #expect(error.why.contains("out of range"))
    }

    @Test func `asks until it is flat`() {
        let floor = Floor(others: [.scripted([long, .fail("why not")])])
        floor.broker.answer = { $0.target.isZero ? .refuse : .fill }
        for _ in 1...3 { floor.plane.tell(FeatureSet.fixture()) }
        #expect(floor.plane.intents.map(\.target) == [500, 0, 0])
        #expect(floor.plane.errors.count == 1)
    }

    @Test func `is seated anew when it is enabled again`() {
        let floor = Floor(others: [.scripted([long, .fail("why not")])])
        for _ in 1...2 { floor.plane.tell(FeatureSet.fixture()) }
        floor.plane.command(.strategyEnable(scripted))
        floor.plane.tell(FeatureSet.fixture())
        #expect(floor.plane.intents.map(\.target) == [500, 0, 500])
    }

    @Test func `is not found out by a figure that cannot be computed but disabled for it`() {
        let floor = Floor(others: [
            .scripted([long]) {
                $0.sizing = .notional(Money(units: .max, scale: 0))
                $0.expectedSlippage = Ratio(units: 1, scale: 18)
            }
        ])
        floor.plane.tell(FeatureSet.fixture(close: Price(units: 1_000_000_007, scale: 8)))
        #expect(floor.plane.errors.map(\.code) == ["strategy.nonsense"])
        #expect(floor.plane.intents.isEmpty)
    }
}

@Suite struct `A slow strategy` {
    private func overrun(_ id: StrategyID = scripted) -> StrategyOverrun {
        StrategyOverrun(
            meta: EventMeta(source: .system),
            instrument: bitcoin,
            strategy: id,
            elapsedMicroseconds: 9_000,
            budgetMicroseconds: 5_000
        )
    }

    @Test func `is disabled with its third overrun`() throws {
        let floor = Floor(others: [.scripted([long])])
        floor.plane.tell(FeatureSet.fixture())
        for _ in 1...2 { floor.plane.tell(overrun()) }
        #expect(floor.plane.errors.isEmpty)
        floor.plane.tell(overrun())
        let error = try #require(floor.plane.errors.first)
        #expect(error.code == "strategy.overrun")
        #expect(error.why.contains("3 decisions took longer than 5000 us, the last took 9000 us"))
        #expect(floor.plane.intents.map(\.target) == [500, 0])
        floor.plane.tell(overrun())
        #expect(floor.plane.errors.count == 1)
    }

    @Test func `starts with none when it is enabled again`() {
        let floor = Floor(others: [.scripted([long])])
        floor.plane.tell(FeatureSet.fixture())
        for _ in 1...3 { floor.plane.tell(overrun()) }
        floor.plane.command(.strategyEnable(scripted))
        for _ in 1...2 { floor.plane.tell(overrun()) }
        #expect(floor.plane.errors.count == 1)
    }

    @Test func `is nobody where the name is not known`() {
        let floor = Floor(others: [.scripted([long])])
        for _ in 1...3 { floor.plane.tell(overrun(StrategyID("ghost"))) }
        #expect(floor.plane.errors.isEmpty)
    }

    @Test func `is measured round its decisions, and told once it takes too long`() {
        var now: Int64 = 0
        var steps: [Int64] = [5_000_000, 5_001_000, 0]
        var posted: [StrategyOverrun] = []
        let relay = StopwatchRelay(
            budgetMicroseconds: 5_000,
            nanoseconds: {
                defer { now += steps.isEmpty ? 0 : steps[0] }
                return now
            },
            post: { posted.append($0) }
        )
        let plane = PlaneHarness.strategies(others: [.scripted([long])], stopwatch: relay)
        plane.tell(FeatureSet.fixture())
        #expect(posted.isEmpty)
        steps.removeFirst()
        plane.tell(FeatureSet.fixture(isWarm: false))
        plane.tell(FeatureSet.fixture())
        #expect(posted.map(\.elapsedMicroseconds) == [5_001])
        #expect(posted.map(\.strategy) == [scripted])
        #expect(posted.map(\.instrument) == [bitcoin])
    }
}
