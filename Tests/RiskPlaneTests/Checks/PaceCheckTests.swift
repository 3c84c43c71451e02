import Contracts
import RiskPlane
import TestKit
import Testing

@Suite struct `Risk checks the pace: it` {
    @Test func `lets through so many orders a second`() {
        let plane = PlaneHarness.risk(.only { $0.orderRatePerSecondMax = 2 })
        for number in 1...3 as ClosedRange<UInt64> {
            plane.tell(StrategyIntent.fixture(number, target: Money(100 * number)))
        }
        plane.advance(milliseconds: 999)
        plane.tell(StrategyIntent.fixture(4, target: 400))
        plane.advance(milliseconds: 1)
        plane.tell(StrategyIntent.fixture(5, target: 500))
        #expect(plane.failedChecks == [.orderRate, .orderRate])
        #expect(plane.targets == [1, 2, 5])
    }

    @Test func `lets through so many orders a minute, and exits in any case`() {
        let plane = PlaneHarness.risk(.only { $0.orderRatePerMinuteMax = 2 })
        plane.tell(StrategyIntent.fixture(1, target: 100))
        plane.fillNewest()
        plane.advance(milliseconds: 30_000)
        plane.tell(StrategyIntent.fixture(2, target: 200))
        plane.fillNewest(from: 1)
        plane.advance(milliseconds: 29_999)
        plane.tell(StrategyIntent.fixture(3, target: 300))
        plane.tell(StrategyIntent.fixture(4, target: 0))
        plane.advance(milliseconds: 30_001)
        plane.tell(StrategyIntent.fixture(5, target: 300))
        #expect(plane.failedChecks == [.orderRate])
        #expect(plane.targets == [1, 2, 0, 3])
    }

    @Test func `lets through so many orders a day`() {
        let plane = PlaneHarness.risk(.only { $0.orderRatePerDayMax = 1 })
        plane.tell(StrategyIntent.fixture(1, target: 100))
        plane.tell(StrategyIntent.fixture(2, target: 200))
        plane.advance(milliseconds: 6_400_000)
        plane.tell(StrategyIntent.fixture(3, target: 300))
        #expect(plane.failedChecks == [.orderRate])
        #expect(plane.targets == [1, 3])
    }

    @Test func `counts each further order of one approval, and stops`() {
        let plane = PlaneHarness.risk(.only { $0.orderRatePerMinuteMax = 4 })
        plane.tell(
            StrategyIntent.fixture(1, target: 300, style: .twap(slices: 2, intervalMilliseconds: 10))
        )
        plane.tell(OrderEvent.step("a", .submitting, intent: 1, quantity: 2))
        plane.tell(OrderEvent.step("a", .filled, intent: 1, quantity: 2, filled: 2, fill: 2))
        plane.tell(OrderEvent.step("b", .submitting, intent: 1, quantity: 1))
        plane.tell(OrderEvent.step("c", .submitting, side: .sell, quantity: 1, purpose: .stopLoss))
        plane.tell(StrategyIntent.fixture(2, of: ether, target: 300))
        plane.tell(StrategyIntent.fixture(3, of: ether, target: 400))
        #expect(plane.failedChecks == [.orderRate])
    }

    @Test func `halts after many approvals that lead nowhere new`() throws {
        let plane = PlaneHarness.risk(
            .only {
                $0.runawayApprovalsMax = 4
                $0.runawayWindowMilliseconds = 1_000
            }
        )
        for number in 1...5 as ClosedRange<UInt64> {
            plane.tell(StrategyIntent.fixture(number, target: number.isMultiple(of: 2) ? 100 : 200))
            plane.advance(milliseconds: 100)
        }
        // The first two set the range; with them four have been within it by the fifth.
        #expect(plane.approvals.count == 5)
        #expect(plane.halts == [.runaway])
        plane.tell(StrategyIntent.fixture(6, target: 300))
        plane.advance(milliseconds: 100_000)
        plane.tell(StrategyIntent.fixture(7, target: 300))
        plane.tell(StrategyIntent.fixture(8, target: 0))
        #expect(plane.failedChecks == [.runaway, .runaway])
        plane.tell(ControlCommand.fixture(.riskReset))
        plane.tell(StrategyIntent.fixture(9, target: 300))
        #expect(plane.targets.suffix(2) == [0, 3])
    }

    @Test func `takes neither slow repeats nor a ladder for a runaway`() {
        let plane = PlaneHarness.risk(
            .only {
                $0.runawayApprovalsMax = 3
                $0.runawayWindowMilliseconds = 1_000
            }
        )
        for number in 1...9 as ClosedRange<UInt64> {
            plane.tell(StrategyIntent.fixture(number, target: Money(100 * number)))
        }
        for number in 10...19 as ClosedRange<UInt64> {
            plane.advance(milliseconds: 501)
            plane.tell(StrategyIntent.fixture(number, target: number.isMultiple(of: 2) ? 100 : 200))
        }
        #expect(plane.approvals.count == 19)
        #expect(plane.rejections.isEmpty)
    }

    @Test func `lets time pass between two entries but not before an exit`() {
        let plane = PlaneHarness.risk(.only { $0.cooldownMilliseconds = 5_000 })
        plane.tell(StrategyIntent.fixture(1, target: 100))
        plane.fillNewest()
        plane.tell(StrategyIntent.fixture(2, target: 200))
        plane.tell(StrategyIntent.fixture(3, by: beta, target: 100))
        plane.fillNewest(from: 1)
        plane.tell(StrategyIntent.fixture(4, target: 0))
        plane.fillNewest(from: 2)
        plane.advance(milliseconds: 4_999)
        plane.tell(StrategyIntent.fixture(5, target: 200))
        plane.advance(milliseconds: 1)
        plane.tell(StrategyIntent.fixture(6, target: 200))
        #expect(plane.failedChecks == [.cooldown, .cooldown])
        #expect(plane.targets == [1, 2, 1, 3])
    }
}

extension Money {
    fileprivate init(_ whole: UInt64) { self.init(units: Int128(whole), scale: 0) }
}
