import Contracts
import RiskPlane
import TestKit
import Testing

@Suite struct `Risk checks the losses: it` {
    /// One losing or winning round trip, by the books.
    private func trip(_ plane: PlaneHarness, _ number: UInt64, total: Money) {
        plane.tell(StrategyIntent.fixture(number, target: 100))
        plane.fillNewest(profit: plane.profit)
        plane.tell(StrategyIntent.fixture(number + 1, target: 0))
        plane.fillNewest(from: 1, profit: total)
    }

    @Test func `ends entries for a time after so many losing round trips in a row`() {
        let plane = PlaneHarness.risk(
            .only {
                $0.lossStreakMax = 2
                $0.lossStreakPauseMilliseconds = 10_000
            }
        )
        plane.tell(PositionUpdate.fixture(quantity: 0))
        trip(plane, 10, total: -1)
        trip(plane, 20, total: 5)
        trip(plane, 30, total: 4)
        #expect(plane.rejections.isEmpty)
        trip(plane, 40, total: 3)
        plane.tell(StrategyIntent.fixture(50, target: 100))
        plane.advance(milliseconds: 9_999)
        plane.tell(StrategyIntent.fixture(51, of: ether, target: 100))
        plane.advance(milliseconds: 1)
        plane.tell(StrategyIntent.fixture(52, target: 100))
        #expect(plane.failedChecks == [.lossStreak, .lossStreak])
        #expect(plane.targets.last == 1)
    }

    @Test func `lets out of a position during that time`() {
        let plane = PlaneHarness.risk(.only { $0.lossStreakMax = 1 })
        plane.tell(PositionUpdate.fixture(of: ether, quantity: 2))
        plane.tell(PositionUpdate.fixture(quantity: 0))
        trip(plane, 10, total: -1)
        plane.tell(StrategyIntent.fixture(20, of: ether, target: 100))
        plane.tell(StrategyIntent.fixture(21, of: ether, target: -100))
        #expect(plane.targets.suffix(2) == [1, 0])
    }

    private func stop(_ plane: PlaneHarness, _ id: String, of instrument: Instrument = bitcoin) {
        plane.tell(
            OrderEvent.step(id, .untriggered, of: instrument, side: .sell, quantity: 1, purpose: .stopLoss)
        )
        plane.tell(
            OrderEvent.step(
                id,
                .filled,
                of: instrument,
                side: .sell,
                quantity: 1,
                filled: 1,
                purpose: .stopLoss,
                fill: 1
            )
        )
    }

    @Test func `ends an instrument's entries for a time after so many stop losses of it`() {
        let plane = PlaneHarness.risk(
            .only {
                $0.stopLossesMax = 2
                $0.stopLossWindowMilliseconds = 60_000
                $0.stopLossPauseMilliseconds = 10_000
            }
        )
        plane.tell(PositionUpdate.fixture(quantity: 5))
        plane.advance(milliseconds: 1)
        stop(plane, "a")
        plane.advance(milliseconds: 60_001)
        stop(plane, "b")
        plane.tell(StrategyIntent.fixture(1, target: 1_000))
        plane.advance(milliseconds: 60_000)
        stop(plane, "c")
        plane.tell(StrategyIntent.fixture(2, target: 2_000))
        plane.tell(StrategyIntent.fixture(3, of: ether, target: 100))
        plane.tell(StrategyIntent.fixture(4, target: 0))
        plane.advance(milliseconds: 10_000)
        plane.tell(StrategyIntent.fixture(5, target: 300))
        #expect(plane.failedChecks == [.stopLossGuard])
        #expect(plane.targets == [10, 1, 0, 3])
    }

    @Test func `ends every entry for a time after so many stop losses of all instruments`() {
        let plane = PlaneHarness.risk(.only { $0.stopLossesTotalMax = 2 })
        stop(plane, "a")
        plane.tell(StrategyIntent.fixture(1, of: instrument("linear:SOLUSDT"), target: 100))
        stop(plane, "b", of: ether)
        plane.introduce(instrument("linear:SOLUSDT"))
        plane.tell(StrategyIntent.fixture(2, of: instrument("linear:SOLUSDT"), target: 100))
        #expect(plane.failedChecks == [.instrument, .stopLossGuard])
    }

    @Test(arguments: [
        (equity: 9_501 as Money, check: nil as RiskCheck?), (9_500, .dailyLoss), (9_000, .dailyLoss),
    ])
    func `halts until midnight when the day has lost too much`(equity: Money, check: RiskCheck?) {
        let plane = PlaneHarness.risk(.only { $0.dailyLossShareMax = ratio("0.05") })
        plane.tell(AccountUpdate.fixture(equity: equity))
        plane.tell(StrategyIntent.fixture(1, target: 100))
        #expect(plane.failedChecks == (check.map { [$0] } ?? []))
        // A recovery within the day changes nothing.
        plane.tell(AccountUpdate.fixture(equity: 11_000))
        plane.tell(StrategyIntent.fixture(2, of: ether, target: 100))
        #expect(plane.failedChecks.count == (check == nil ? 0 : 2))
        plane.advance(milliseconds: 6_400_000)
        #expect(plane.halts.isEmpty)
        plane.tell(StrategyIntent.fixture(3, of: ether, target: 200))
        #expect(plane.targets.last == 2)
    }

    @Test func `counts the day's loss from the last equity before midnight`() {
        let plane = PlaneHarness.risk(.only { $0.dailyLossMax = 100 })
        plane.tell(AccountUpdate.fixture(equity: 9_950))
        plane.advance(milliseconds: 6_400_000)
        plane.tell(AccountUpdate.fixture(equity: 9_851))
        plane.tell(StrategyIntent.fixture(1, target: 100))
        plane.tell(AccountUpdate.fixture(equity: 9_850))
        plane.tell(StrategyIntent.fixture(2, target: 200))
        #expect(plane.failedChecks == [.dailyLoss])
        #expect(plane.targets == [1])
    }

    @Test func `halts when the account has fallen too far, until a reset counts anew`() {
        let plane = PlaneHarness.risk(.only { $0.drawdownMax = ratio("0.1") })
        plane.tell(PositionUpdate.fixture(quantity: 5))
        plane.tell(AccountUpdate.fixture(equity: 12_000))
        plane.tell(AccountUpdate.fixture(equity: 10_801))
        plane.tell(StrategyIntent.fixture(1, target: 600))
        plane.tell(AccountUpdate.fixture(equity: 10_800))
        plane.tell(StrategyIntent.fixture(2, target: 700))
        plane.tell(AccountUpdate.fixture(equity: 12_000))
        plane.advance(milliseconds: 100_000_000)
        plane.tell(StrategyIntent.fixture(3, target: 700))
        plane.tell(StrategyIntent.fixture(4, target: 0))
        #expect(plane.failedChecks == [.drawdown, .drawdown])
        plane.tell(AccountUpdate.fixture(equity: 10_000))
        plane.tell(ControlCommand.fixture(.riskReset))
        plane.tell(AccountUpdate.fixture(equity: 9_500))
        plane.tell(StrategyIntent.fixture(5, target: 700))
        #expect(plane.targets == [6, 0, 7])
    }
}

extension PlaneHarness {
    /// The profit that the books told last.
    fileprivate var profit: Money { published(PositionUpdate.self).last?.realisedProfit ?? 0 }
}
