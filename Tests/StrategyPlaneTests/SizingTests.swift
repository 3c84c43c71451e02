import Contracts
import EventKernel
import StrategyPlane
import TestKit
import Testing

@Suite struct `An intent` {
    private func plane(
        _ lines: [ScriptedStrategy.Line] = [long],
        _ change: (inout StrategyOptions) -> Void
    ) -> PlaneHarness { .strategies(others: [.scripted(lines, change)]) }

    @Test(
        arguments: [
            (sizing: .notional(250), most: nil, target: Money("250")),
            (sizing: .quantity(Quantity(units: 123, scale: 3)), most: nil, target: Money("1230.12300")),
            (sizing: .equityFraction(Ratio(units: 5, scale: 1)), most: nil, target: Money("2000.00000")),
            (sizing: .equityFraction(Ratio(units: 5, scale: 1)), most: 1_500, target: Money("1500")),
            (sizing: .quantity(Quantity(units: 123, scale: 3)), most: 100, target: Money("100")),
        ] as [(sizing: Sizing, most: Money?, target: Money?)]
    )
    func `is sized as its strategy says, up to its allocation`(
        sizing: Sizing,
        most: Money?,
        target: Money?
    ) throws {
        let plane = plane {
            $0.sizing = sizing
            $0.allocationMax = most
        }
        plane.tell(AccountUpdate.fixture(equity: 4_000))
        plane.tell(FeatureSet.fixture(close: try #require(Price("10001"))))
        #expect(plane.intents.map(\.target) == [try #require(target)])
    }

    @Test func `is not spoken before the equity that sizes it is known`() {
        let plane = plane { $0.sizing = .equityFraction(1) }
        plane.tell(FeatureSet.fixture())
        #expect(plane.intents.isEmpty)
        plane.tell(AccountUpdate.fixture(equity: 4_000))
        plane.tell(FeatureSet.fixture())
        #expect(plane.intents.map(\.target) == [4_000])
    }

    @Test func `is a part of the sizing where its strategy wants a part`() {
        let half = ScriptedStrategy.Line.say(
            StrategyDecision(exposure: Ratio(units: -5, scale: 1), reason: "half")
        )
        let plane = plane([half]) { $0.sizing = .notional(1_000) }
        plane.tell(FeatureSet.fixture())
        #expect(plane.intents.map(\.target) == [-500])
    }

    @Test(arguments: [(line: long, price: "100.05"), (line: short, price: "99.95")])
    func `reckons an entry at the price that slippage leaves`(
        line: ScriptedStrategy.Line,
        price: String
    ) throws {
        let plane = plane([line, flat]) {
            $0.sizing = .quantity(2)
            $0.expectedSlippage = Ratio(units: 5, scale: 4)
        }
        plane.tell(FeatureSet.fixture())
        let intent = try #require(plane.intents.last)
        #expect(intent.referencePrice == Price(price))
        #expect(try intent.target.magnitude == Quantity(2).times(intent.referencePrice))
        plane.approve(2)
        plane.tell(FeatureSet.fixture())
        #expect(plane.intents.last?.referencePrice == 100)
    }

    @Test func `carries its strategy's style and slippage`() throws {
        let plane = plane {
            $0.style = .passive(waitMilliseconds: 3_000)
            $0.slippageMax = Ratio(units: 2, scale: 2)
        }
        plane.tell(FeatureSet.fixture())
        let intent = try #require(plane.intents.last)
        #expect(intent.style == .passive(waitMilliseconds: 3_000))
        #expect(intent.slippageMax == Ratio("0.02"))
        #expect(intent.expires == intent.meta.ts + 13_000)
    }
}

@Suite struct `A decision for the next open` {
    private let nextOpen: (inout StrategyOptions) -> Void = { $0.timing = .nextOpen }

    @Test func `is spoken at the open of the first candle after its bar`() {
        let plane = PlaneHarness.strategies(others: [.scripted([long], nextOpen)])
        plane.tell(FeatureSet.fixture(end: 60_000))
        plane.tell(KlineEvent.fixture(start: 0, open: 90))
        plane.tell(KlineEvent.fixture(start: 60_000, open: 91, isConfirmed: true))
        plane.tell(KlineEvent.fixture(start: 60_000, open: 92, isBackfill: true))
        plane.tell(KlineEvent.fixture(of: ether, start: 60_000, open: 93))
        #expect(plane.intents.isEmpty)
        plane.tell(KlineEvent.fixture(start: 60_000, open: 102))
        plane.tell(KlineEvent.fixture(start: 60_000, open: 102))
        #expect(plane.intents.map(\.referencePrice) == [102])
    }

    @Test func `is dropped where the next bar wants otherwise before any candle opened`() {
        let plane = PlaneHarness.strategies(others: [.scripted([long, flat], nextOpen)])
        plane.tell(FeatureSet.fixture(end: 60_000))
        plane.tell(FeatureSet.fixture(end: 120_000))
        plane.tell(KlineEvent.fixture(start: 120_000, open: 102))
        #expect(plane.intents.isEmpty)
    }
}

@Suite struct `A reversal through flat` {
    @Test func `asks for flat first, then for the other side with the equity that is left`() throws {
        let floor = Floor(others: [
            .scripted([long, short]) {
                $0.reversal = .throughFlat
                $0.timing = .nextOpen
                $0.sizing = .equityFraction(1)
                $0.expectedSlippage = Ratio(units: 1, scale: 3)
            }
        ])
        floor.plane.tell(AccountUpdate.fixture(equity: 10_000))
        floor.plane.tell(FeatureSet.fixture(end: 60_000))
        floor.plane.tell(KlineEvent.fixture(start: 60_000, open: 100))
        floor.plane.tell(FeatureSet.fixture(end: 120_000))
        floor.plane.tell(KlineEvent.fixture(start: 120_000, open: 200))
        #expect(floor.plane.intents.map(\.target) == [10_000, 0, -9_998])
        #expect(floor.plane.intents.map(\.referencePrice) == [Price("100.1"), 200, Price("199.8")])
        #expect(
            floor.phases(of: scripted) == [
                .flat, .entering, .holding, .exiting, .flat, .entering, .holding,
            ]
        )
    }

    @Test func `needs no equity where its sizing does not`() {
        let floor = Floor(others: [.scripted([long, short]) { $0.reversal = .throughFlat }])
        for _ in 1...2 { floor.plane.tell(FeatureSet.fixture()) }
        #expect(floor.plane.intents.map(\.target) == [500, 0, -500])
    }

    @Test func `waits out its cooldown between the two`() {
        let floor = Floor(others: [
            .scripted([long, short]) {
                $0.reversal = .throughFlat
                $0.cooldownBars = 1
            }
        ])
        for _ in 1...3 { floor.plane.tell(FeatureSet.fixture()) }
        #expect(floor.plane.intents.map(\.target) == [500, 0])
        floor.plane.tell(FeatureSet.fixture())
        #expect(floor.plane.intents.map(\.target) == [500, 0, -500])
    }
}
