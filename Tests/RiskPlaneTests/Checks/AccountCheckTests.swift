import Contracts
import RiskPlane
import TestKit
import Testing

@Suite struct `Risk checks the account: it` {
    @Test func `keeps all positions within so many equities`() {
        let plane = PlaneHarness.risk(.only { $0.leverageMax = 3 })
        plane.tell(AccountUpdate.fixture(equity: 1_000))
        plane.tell(StrategyIntent.fixture(1, target: 2_000))
        plane.tell(StrategyIntent.fixture(2, of: ether, target: -2_000))
        plane.fillNewest()
        plane.tell(StrategyIntent.fixture(3, of: ether, target: -1_100))
        plane.tell(StrategyIntent.fixture(4, of: ether, target: 0))
        #expect(plane.targets == [20, -10, 0])
        #expect(plane.failedChecks == [.leverage])
    }

    @Test func `keeps a position within its instrument's own leverage`() {
        let plane = PlaneHarness.risk(.only { $0.leverageMax = 50 })
        plane.tell(InstrumentSpec.fixture(leverageMax: ratio("1.5")))
        plane.tell(AccountUpdate.fixture(equity: 1_000))
        plane.tell(StrategyIntent.fixture(target: 2_000))
        #expect(plane.targets == [15])
    }

    @Test func `keeps the margin of all positions within a part of the equity`() {
        // Given half of 1000 to hold back, a tenth of each position or what the books say
        let plane = PlaneHarness.risk(
            .only {
                $0.marginShareMax = ratio("0.5")
                $0.initialMarginRate = ratio("0.1")
            }
        )
        plane.tell(AccountUpdate.fixture(equity: 1_000))
        plane.tell(PositionUpdate.fixture(of: ether, quantity: 10, margin: 300))
        plane.tell(StrategyIntent.fixture(1, target: 3_000))
        plane.fillNewest()
        plane.tell(StrategyIntent.fixture(2, target: 2_100))
        plane.tell(PositionUpdate.fixture(of: ether, quantity: 10, margin: nil))
        plane.tell(StrategyIntent.fixture(3, target: 3_000))
        #expect(plane.targets == [20, 30])
        #expect(plane.failedChecks == [.margin])
    }

    @Test(arguments: [(leverage: "5", approved: "25"), ("100", "50"), ("3", "15")])
    func `takes an instrument's own margin where it is higher`(leverage: String, approved: String) {
        let plane = PlaneHarness.risk(
            .only {
                $0.marginShareMax = ratio("0.5")
                $0.initialMarginRate = ratio("0.1")
            }
        )
        plane.tell(InstrumentSpec.fixture(step: 1, leverageMax: ratio(leverage)))
        plane.tell(AccountUpdate.fixture(equity: 1_000))
        plane.tell(StrategyIntent.fixture(target: 9_000))
        // A third is no decimal fraction: the rate is rounded up, and the position down.
        #expect(plane.targets == [leverage == "3" ? 14 : quantity(approved)])
    }

    @Test func `holds back a spot position's whole worth`() {
        let plane = PlaneHarness.risk(.only { $0.marginShareMax = 1 })
        let spot = instrument("spot:BTCUSDT")
        plane.introduce(spot)
        plane.tell(AccountUpdate.fixture(equity: 1_000))
        plane.tell(StrategyIntent.fixture(of: spot, target: 9_000))
        #expect(plane.targets == [10])
    }

    @Test func `keeps the mark away from liquidation`() {
        // Given that 10 % against the position, and 10 % of maintenance, must not use up 1000
        let plane = PlaneHarness.risk(
            .only {
                $0.liquidationDistanceMin = ratio("0.1")
                $0.maintenanceMarginRate = ratio("0.1")
            }
        )
        plane.tell(AccountUpdate.fixture(equity: 1_000))
        plane.tell(PositionUpdate.fixture(of: ether, quantity: -20))
        plane.tell(StrategyIntent.fixture(1, target: 9_000))
        plane.fillNewest()
        plane.tell(StrategyIntent.fixture(2, target: 4_100))
        plane.tell(StrategyIntent.fixture(3, target: 3_900))
        #expect(plane.targets == [40, 39])
        #expect(plane.failedChecks == [.liquidationDistance])
    }

    @Test(arguments: [
        (liquidation: "90", target: 1_100 as Money, isApproved: true), ("90.1", 1_100, false),
        ("90.1", 900, true), ("90.1", -100, true),
    ])
    func `adds to no position that is near its liquidation by the books`(
        liquidation: String,
        target: Money,
        isApproved: Bool
    ) {
        let plane = PlaneHarness.risk(.only { $0.liquidationDistanceMin = ratio("0.1") })
        plane.tell(PositionUpdate.fixture(quantity: 10, liquidation: price(liquidation)))
        plane.tell(StrategyIntent.fixture(target: target))
        #expect(plane.failedChecks == (isApproved ? [] : [.liquidationDistance]))
    }
}
