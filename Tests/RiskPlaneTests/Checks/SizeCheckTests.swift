import Contracts
import RiskPlane
import TestKit
import Testing

@Suite struct `Risk checks the size: it` {
    @Test(arguments: [
        (held: "0", target: 500 as Money, share: "1", approved: "2"), ("5", 0, "1", "3"),
        ("0", -200, "1", "-2"), ("0", 500, "0.25", "0.5"),
    ])
    func `gives leave for no more than the exchange takes in one order`(
        held: String,
        target: Money,
        share: String,
        approved: String
    ) {
        let plane = PlaneHarness.risk(.only { $0.orderSizeShareMax = ratio(share) })
        plane.tell(InstrumentSpec.fixture(quantityMax: 2))
        plane.tell(PositionUpdate.fixture(quantity: quantity(held)))
        plane.tell(StrategyIntent.fixture(target: target))
        #expect(plane.targets == [quantity(approved)])
    }

    @Test func `refuses where not even one step fits into one order`() {
        let plane = PlaneHarness.risk(.only { $0.orderSizeShareMax = 0 })
        plane.tell(InstrumentSpec.fixture(quantityMax: 2))
        plane.tell(StrategyIntent.fixture(target: 500))
        #expect(plane.failedChecks == [.orderSize])
    }

    @Test(arguments: [
        // held, target in quote asset, approved quantity; the order limit is 1000, the price 100
        (held: "0", target: "1500", approved: "10"), ("0", "-1500", "-10"), ("0", "1000", "10"),
        ("8", "-800", "-2"), ("30", "0", "0"), ("30", "2900", "29"), ("30", "-2000", "20"),
    ])
    func `makes an order smaller rather than break its limit`(
        held: String,
        target: String,
        approved: String
    )
        throws
    {
        let plane = PlaneHarness.risk(.only { $0.orderNotionalMax = 1_000 })
        plane.tell(PositionUpdate.fixture(quantity: quantity(held)))
        plane.tell(StrategyIntent.fixture(target: try #require(Money(target))))
        #expect(plane.targets == [quantity(approved)])
    }

    @Test func `refuses an order of which nothing fits`() {
        let plane = PlaneHarness.risk(.only { $0.orderNotionalMax = 0 })
        plane.tell(StrategyIntent.fixture(target: 500))
        #expect(plane.failedChecks == [.orderNotional])
    }

    @Test func `allows smaller orders while volatility is high`() {
        let plane = PlaneHarness.risk(
            .only {
                $0.orderNotionalMax = 1_000
                $0.highVolatilityShare = ratio("0.5")
            }
        )
        plane.tell(MarketContext.fixture(volatility: .high))
        plane.tell(StrategyIntent.fixture(1, target: 1_000))
        plane.fillNewest()
        plane.tell(MarketContext.fixture(volatility: .normal))
        plane.tell(StrategyIntent.fixture(2, target: 1_200))
        #expect(plane.targets == [5, 12])
    }

    @Test(arguments: [
        (held: "0", target: "2500", approved: "20"), ("0", "-2500", "-20"), ("15", "2500", "20"),
        ("-15", "-2500", "-20"), ("0", "2000", "20"), ("30", "2500", "25"), ("25", "-2500", "-20"),
    ])
    func `makes a position smaller rather than break its limit`(
        held: String,
        target: String,
        approved: String
    ) throws {
        let plane = PlaneHarness.risk(.only { $0.positionNotionalMax = 2_000 })
        plane.tell(PositionUpdate.fixture(quantity: quantity(held)))
        plane.tell(StrategyIntent.fixture(target: try #require(Money(target))))
        #expect(plane.targets == [quantity(approved)])
    }

    @Test func `refuses to add to a position at its limit, and never turns the wish round`() {
        let plane = PlaneHarness.risk(.only { $0.positionNotionalMax = 2_000 })
        plane.tell(PositionUpdate.fixture(quantity: 21))
        plane.tell(StrategyIntent.fixture(target: 2_200))
        #expect(plane.failedChecks == [.positionNotional])
        #expect(plane.rejections.first?.failed.limit == "2000")
    }

    @Test func `values a position at the worst price that its slippage allows, or at the mark`() {
        let plane = PlaneHarness.risk(.only { $0.positionNotionalMax = 1_000 })
        plane.tell(StrategyIntent.fixture(1, target: 1_000, slippageMax: ratio("0.25")))
        plane.tell(TickerEvent.fixture(of: ether, mark: 200))
        plane.tell(StrategyIntent.fixture(2, of: ether, target: 1_000))
        #expect(plane.targets == [8, 5])
    }

    @Test func `keeps each strategy within its budget on all instruments together`() {
        let plane = PlaneHarness.risk(
            .only {
                $0.strategyBudgetMax = 1_000
                $0.strategyBudgets = [beta: 300]
            }
        )
        plane.tell(StrategyIntent.fixture(1, target: 700))
        plane.fillNewest()
        plane.tell(StrategyIntent.fixture(2, of: ether, target: -700))
        plane.fillNewest()
        plane.tell(StrategyIntent.fixture(3, of: ether, by: beta, target: -700))
        plane.fillNewest(from: -3)
        plane.tell(StrategyIntent.fixture(4, of: ether, by: beta, target: -700))
        plane.tell(StrategyIntent.fixture(5, of: ether, by: beta, target: 0))
        // alpha 7 and 3; beta 3 on top of alpha's, and then none
        #expect(plane.targets == [7, -3, -6, -3])
        #expect(plane.failedChecks == [.strategyBudget])
    }

    @Test func `keeps a group of instruments within its limit`() {
        let solana = instrument("linear:SOLUSDT")
        let plane = PlaneHarness.risk(
            .only {
                $0.groups = [
                    RiskGroup(name: "majors", instruments: [bitcoin, ether], notionalMax: 1_000),
                    RiskGroup(name: "rest", instruments: [ether, solana], notionalMax: 600),
                ]
            }
        )
        plane.introduce(solana)
        plane.tell(StrategyIntent.fixture(1, target: 700))
        plane.tell(StrategyIntent.fixture(2, of: solana, target: 500))
        plane.tell(StrategyIntent.fixture(3, of: ether, target: -900))
        plane.fillNewest()
        plane.tell(StrategyIntent.fixture(4, of: ether, target: -950))
        #expect(plane.targets == [7, 5, -1])
        #expect(plane.failedChecks == [.groupNotional])
        #expect(plane.rejections.last?.failed.limit == "600")
    }

    @Test(arguments: [
        (long: "6", short: "0", target: 900 as Money, approved: "4"), ("6", "0", -900, "-9"),
        ("0", "-6", -900, "-4"), ("0", "-6", 2_000, "16"),
    ])
    func `keeps long less short within its limit`(
        long: String,
        short: String,
        target: Money,
        approved: String
    ) {
        let plane = PlaneHarness.risk(.only { $0.netNotionalMax = 1_000 })
        plane.tell(PositionUpdate.fixture(quantity: quantity(long), index: .hedgeLong))
        plane.tell(PositionUpdate.fixture(quantity: quantity(short), index: .hedgeShort))
        plane.tell(StrategyIntent.fixture(of: ether, target: target))
        #expect(plane.targets == [quantity(approved)])
    }

    @Test func `counts every instrument towards the gross limit, unfilled leave at its worst`() throws {
        let plane = PlaneHarness.risk(.only { $0.grossNotionalMax = 1_000 })
        plane.tell(StrategyIntent.fixture(1, target: 700))
        plane.tell(StrategyIntent.fixture(2, of: ether, target: -700))
        plane.fillNewest()
        plane.tell(StrategyIntent.fixture(3, of: ether, by: beta, target: -700))
        #expect(plane.targets == [7, -3])
        #expect(plane.approvals.map(\.isShrunk) == [false, true])
        #expect(plane.failedChecks == [.grossNotional])
    }

    @Test func `counts both sides of a hedged position towards the gross limit`() {
        let plane = PlaneHarness.risk(.only { $0.grossNotionalMax = 1_000 })
        plane.tell(PositionUpdate.fixture(quantity: 4, index: .hedgeLong))
        plane.tell(PositionUpdate.fixture(quantity: -3, index: .hedgeShort))
        plane.tell(StrategyIntent.fixture(of: ether, target: 700))
        #expect(plane.targets == [3])
    }

    @Test func `refuses what is less than the exchange takes`() {
        let plane = PlaneHarness.risk(.only())
        plane.tell(InstrumentSpec.fixture(of: ether, step: 1))
        plane.tell(StrategyIntent.fixture(target: Money(units: 1, scale: 2)))
        plane.tell(StrategyIntent.fixture(target: 4))
        plane.tell(StrategyIntent.fixture(target: 5))
        plane.tell(PositionUpdate.fixture(of: ether, quantity: quantity("0.5")))
        plane.tell(StrategyIntent.fixture(of: ether, target: 0))
        #expect(plane.failedChecks == [.quantityStep, .quantityStep])
        #expect(plane.rejections.last?.failed.limit == "5")
        #expect(plane.targets == [quantity("0.05"), quantity("0.5")])
    }

    @Test func `rounds to whole steps, towards what is held`() throws {
        let plane = PlaneHarness.risk(.only())
        plane.tell(StrategyIntent.fixture(1, target: try #require(Money("123.4567"))))
        plane.tell(StrategyIntent.fixture(2, of: ether, target: try #require(Money("-123.4567"))))
        plane.tell(PositionUpdate.fixture(quantity: quantity("0.0005")))
        plane.tell(StrategyIntent.fixture(3, target: 100))
        #expect(plane.targets == [quantity("1.234"), quantity("-1.234"), quantity("0.9995")])
    }

    @Test func `refuses what it cannot compute`() {
        let plane = PlaneHarness.risk(.only())
        plane.tell(StrategyIntent.fixture(target: Money(units: .max, scale: 0)))
        plane.tell(
            StrategyIntent.fixture(
                target: 100,
                price: Price(units: .max, scale: 0),
                slippageMax: ratio("0.5")
            )
        )
        #expect(plane.failedChecks == [.arithmetic, .arithmetic])
    }
}
