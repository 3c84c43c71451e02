import Contracts
import EventKernel
import StrategyPlane
import TestKit
import Testing

@Suite struct `A strategy's seat` {
    private func floor(
        _ lines: [ScriptedStrategy.Line],
        _ change: (inout StrategyOptions) -> Void = { _ in }
    ) -> Floor {
        Floor(others: [.scripted(lines, change)])
    }

    @Test func `goes from flat to entering, holding, exiting and back, and says so`() {
        let floor = floor([long, quiet, flat])
        for _ in 1...3 { floor.plane.tell(FeatureSet.fixture()) }
        #expect(floor.phases(of: scripted) == [.entering, .holding, .exiting, .flat])
        #expect(floor.plane.states.map(\.why) == ["up", "in position", "out", "out"])
    }

    @Test func `says that it is there when its first bar comes, and nothing while nothing changes`() {
        let floor = floor([])
        for _ in 1...3 { floor.plane.tell(FeatureSet.fixture()) }
        #expect(floor.phases(of: scripted) == [.flat])
        #expect(floor.plane.states.map(\.why) == ["seated"])
    }

    @Test func `stays entering while it is refused, without telling it again`() {
        let floor = floor([long])
        floor.broker.answer = { _ in .refuse }
        for _ in 1...3 { floor.plane.tell(FeatureSet.fixture()) }
        #expect(floor.phases(of: scripted) == [.entering])
        #expect(floor.plane.intents.count == 3)
    }

    @Test func `is flat again when it no longer wants what was refused`() {
        let floor = floor([long, flat])
        floor.broker.answer = { _ in .refuse }
        for _ in 1...2 { floor.plane.tell(FeatureSet.fixture()) }
        #expect(floor.phases(of: scripted) == [.entering, .flat])
        #expect(floor.plane.intents.map(\.target) == [500])
    }

    @Test func `turns round with one intent`() {
        let floor = floor([long, short])
        for _ in 1...2 { floor.plane.tell(FeatureSet.fixture()) }
        #expect(floor.plane.intents.map(\.target) == [500, -500])
        #expect(floor.phases(of: scripted) == [.entering, .holding, .entering, .holding])
    }

    @Test func `cools down after an exit and enters nothing meanwhile`() {
        let floor = floor([long, flat, long]) { $0.cooldownBars = 2 }
        for _ in 1...4 { floor.plane.tell(FeatureSet.fixture()) }
        #expect(floor.plane.intents.map(\.target) == [500, 0])
        floor.plane.tell(FeatureSet.fixture())
        #expect(floor.plane.intents.map(\.target) == [500, 0, 500])
        #expect(
            floor.phases(of: scripted) == [
                .entering, .holding, .exiting, .cooling, .flat, .entering, .holding,
            ]
        )
    }

    @Test(arguments: [OrderPurpose.stopLoss, .takeProfit, .liquidation])
    func `does not enter again by itself after its position was closed for it`(purpose: OrderPurpose) throws {
        let floor = floor([long, quiet, quiet, long]) { $0.cooldownBars = 1 }
        floor.plane.tell(FeatureSet.fixture())
        try floor.broker.close(try #require(floor.plane.intents.last), purpose)
        for _ in 1...2 { floor.plane.tell(FeatureSet.fixture()) }
        #expect(floor.plane.intents.count == 1)
        #expect(floor.phases(of: scripted) == [.entering, .holding, .cooling, .flat])
        floor.plane.tell(FeatureSet.fixture())
        #expect(floor.plane.intents.map(\.target) == [500, 500])
    }

    @Test func `sees from the books that its position is gone`() {
        let floor = floor([long])
        floor.plane.tell(FeatureSet.fixture())
        floor.plane.tell(PositionUpdate.fixture(quantity: 0))
        #expect(floor.phases(of: scripted) == [.entering, .holding], "it may be behind the fill")
        floor.plane.advance(milliseconds: 1)
        floor.plane.tell(PositionUpdate.fixture(quantity: 0))
        floor.plane.tell(FeatureSet.fixture())
        #expect(floor.plane.intents.count == 1)
        #expect(floor.phases(of: scripted) == [.entering, .holding, .flat])
        #expect(floor.plane.states.last?.why == "the position was closed by somebody else")
    }

    @Test func `asks anew for what expired without an order`() {
        let floor = floor([long])
        floor.broker.answer = { _ in .ignore }
        floor.plane.tell(FeatureSet.fixture())
        floor.plane.approve(5)
        floor.plane.advance(milliseconds: 9_999)
        floor.plane.tell(FeatureSet.fixture())
        #expect(floor.plane.intents.count == 1)
        floor.plane.advance(milliseconds: 1)
        floor.plane.tell(FeatureSet.fixture())
        #expect(floor.plane.intents.count == 2)
    }

    @Test func `asks for nothing more while its order works, however long`() throws {
        let floor = floor([long])
        floor.broker.answer = { _ in .ignore }
        floor.plane.tell(FeatureSet.fixture())
        floor.plane.approve(5)
        floor.plane.tell(OrderEvent.fixture(try #require(floor.plane.intents.last), state: .open, filled: 0))
        floor.plane.advance(milliseconds: 60_000)
        floor.plane.tell(FeatureSet.fixture())
        #expect(floor.plane.intents.count == 1)
    }

    @Test func `asks anew for the rest of what ended short`() {
        let floor = floor([long])
        floor.broker.answer = { _ in .half }
        floor.plane.tell(FeatureSet.fixture())
        #expect(floor.phases(of: scripted) == [.entering])
        floor.broker.answer = { _ in .fill }
        floor.plane.tell(FeatureSet.fixture())
        #expect(floor.plane.intents.map(\.target) == [500, 500])
        #expect(floor.broker.share(bitcoin, scripted) == 5)
        #expect(floor.phases(of: scripted) == [.entering, .holding])
    }

    @Test func `waits for the end of a sliced execution before it asks for the rest`() throws {
        let floor = floor([long]) { $0.style = .twap(slices: 3, intervalMilliseconds: 20_000) }
        floor.broker.answer = { _ in .ignore }
        floor.plane.tell(FeatureSet.fixture())
        let intent = try #require(floor.plane.intents.last)
        #expect(intent.expires == intent.meta.ts + 50_000)
        floor.plane.approve(5)
        floor.plane.tell(OrderEvent.fixture(intent, state: .cancelled, quantity: 2, filled: 1, last: 1))
        floor.plane.advance(milliseconds: 49_999)
        floor.plane.tell(FeatureSet.fixture())
        #expect(floor.plane.intents.count == 1)
        floor.plane.advance(milliseconds: 1)
        floor.plane.tell(FeatureSet.fixture())
        #expect(floor.plane.intents.count == 2)
    }

    @Test func `forgets the answers to an intent that a newer one supersedes`() throws {
        let floor = floor([long, short])
        floor.broker.answer = { _ in .ignore }
        floor.plane.tell(FeatureSet.fixture())
        let old = try #require(floor.plane.intents.last)
        floor.plane.tell(FeatureSet.fixture())
        floor.plane.tell(ApprovedIntent(answering: old, targetQuantity: 5, isShrunk: false, verdicts: []))
        floor.plane.tell(FeatureSet.fixture())
        #expect(floor.plane.intents.map(\.target) == [500, -500, -500])
    }

    @Test func `closes what an order brought in too late`() throws {
        let floor = floor([long, flat])
        floor.broker.answer = { $0.target.isZero ? .fill : .ignore }
        floor.plane.tell(FeatureSet.fixture())
        floor.plane.approve(5)
        let entry = try #require(floor.plane.intents.last)
        floor.plane.tell(OrderEvent.fixture(entry, state: .cancelled, filled: 0))
        floor.plane.tell(FeatureSet.fixture())
        #expect(floor.plane.intents.map(\.target) == [500, 0])
        floor.broker.answer = { _ in .ignore }
        floor.plane.tell(OrderEvent.fixture(entry, state: .cancelled, filled: 2, last: 2))
        floor.plane.tell(FeatureSet.fixture())
        #expect(floor.plane.intents.map(\.target) == [500, 0, 0])
    }

    @Test func `takes over a position that nobody accounts for, whichever side of a hedge it is on`() {
        let floor = floor([quiet, flat])
        floor.plane.tell(PositionUpdate.fixture(quantity: 5, index: .hedgeLong))
        floor.plane.tell(PositionUpdate.fixture(quantity: -2, index: .hedgeShort))
        for _ in 1...2 { floor.plane.tell(FeatureSet.fixture()) }
        #expect(floor.phases(of: scripted).first == .holding)
        #expect(floor.plane.intents.map(\.target) == [0])
    }

    @Test func `rehearses without a word where it is a shadow`() {
        let floor = floor([long, flat]) { $0.isShadow = true }
        for _ in 1...2 { floor.plane.tell(FeatureSet.fixture()) }
        #expect(floor.plane.intents.isEmpty)
        #expect(floor.phases(of: scripted) == [.flat])
    }
}

@Suite struct `Several strategies on one instrument` {
    @Test func `each keep their own share of the position`() {
        let floor = Floor(others: [
            .scripted([long, quiet, flat], id: "a") { $0.instruments = [bitcoin] },
            .scripted([quiet, short], id: "b"),
            .scripted([long], id: "c") { $0.instruments = [ether] },
        ])
        for _ in 1...3 { floor.plane.tell(FeatureSet.fixture()) }
        floor.plane.tell(FeatureSet.fixture(of: ether))
        #expect(floor.plane.intents.map(\.strategy.rawValue) == ["a", "b", "a", "c"])
        #expect(floor.phases(of: StrategyID("a")) == [.entering, .holding, .exiting, .flat])
        #expect(floor.phases(of: StrategyID("b")) == [.flat, .entering, .holding])
        #expect(floor.broker.share(bitcoin, StrategyID("b")) == -5)
        #expect(floor.phases(of: StrategyID("c"), on: ether) == [.entering, .holding])
    }

    @Test func `have what one's order brought in for another when that one leaves`() throws {
        let floor = Floor(others: [
            .scripted([long, quiet, flat], id: "a"), .scripted([long, quiet, quiet, flat], id: "b"),
        ])
        floor.broker.answer = { _ in .ignore }
        floor.plane.tell(FeatureSet.fixture())
        let (a, b) = (floor.plane.intents[0], floor.plane.intents[1])
        floor.plane.tell(ApprovedIntent(answering: a, targetQuantity: 5, isShrunk: false, verdicts: []))
        floor.plane.tell(ApprovedIntent(answering: b, targetQuantity: 10, isShrunk: false, verdicts: []))
        floor.plane.tell(OrderEvent.fixture(a, state: .cancelled, filled: 0))
        floor.plane.tell(OrderEvent.fixture(b, state: .filled, quantity: 10, filled: 10, last: 10))
        for _ in 1...2 { floor.plane.tell(FeatureSet.fixture()) }
        let exit = try #require(floor.plane.intents.last)
        #expect(exit.strategy == StrategyID("a"))
        floor.plane.tell(ApprovedIntent(answering: exit, targetQuantity: 5, isShrunk: false, verdicts: []))
        floor.plane.tell(
            OrderEvent.fixture(exit, state: .filled, side: .sell, quantity: 5, filled: 5, last: 5)
        )
        floor.plane.tell(FeatureSet.fixture())
        #expect(floor.phases(of: StrategyID("a")).last == .flat)
        #expect(floor.phases(of: StrategyID("b")).last == .exiting)
        #expect(floor.plane.intents.last?.strategy == StrategyID("b"))
    }

    @Test func `lose together what the venue closes by force`() throws {
        let floor = Floor(others: [.scripted([long], id: "a"), .scripted([long], id: "b")])
        floor.plane.tell(FeatureSet.fixture())
        let intent = try #require(floor.plane.intents.last)
        floor.plane.tell(
            OrderEvent.fixture(
                intent,
                id: "forced",
                state: .filled,
                side: .sell,
                quantity: 10,
                filled: 10,
                last: 10,
                purpose: .liquidation
            )
        )
        #expect(floor.phases(of: StrategyID("a")).last == .flat)
        #expect(floor.phases(of: StrategyID("b")).last == .flat)
        floor.plane.tell(FeatureSet.fixture())
        #expect(floor.plane.intents.count == 2)
    }

    @Test func `each hear the bars of their own timeframe`() {
        let floor = Floor(others: [
            .scripted([long], id: "a") { $0.timeframeSeconds = 300 }, .scripted([long], id: "b"),
        ])
        floor.plane.tell(FeatureSet.fixture(seconds: 60))
        #expect(floor.plane.intents.map(\.strategy.rawValue) == ["b"])
        floor.plane.tell(FeatureSet.fixture(seconds: 300))
        #expect(floor.plane.intents.map(\.strategy.rawValue) == ["b", "a"])
    }
}
