import Contracts
import EventKernel
import RiskPlane
import TestKit
import Testing

@Suite(.enabled(if: Mutant.check == nil)) struct `Risk's state` {
    let plane = PlaneHarness.risk(.only { $0.drawdownMax = ratio("0.1") })

    @Test func `is told at most once a second, with what was refused`() throws {
        plane.advance(milliseconds: 1_000)
        plane.forget()
        for number in 1...5 as ClosedRange<UInt64> { plane.tell(StrategyIntent.fixture(number, target: 1)) }
        #expect(plane.published(RiskState.self).isEmpty)
        plane.advance(milliseconds: 1_000)
        plane.advance(milliseconds: 10_000)
        #expect(plane.published(RiskState.self).count == 1)
        let state = try #require(plane.published(RiskState.self).first)
        #expect(state.rejections == [RejectionCount(check: .quantityStep, count: 5)])
    }

    @Test func `has exposure, losses and halts in it`() throws {
        plane.tell(PositionUpdate.fixture(quantity: -3))
        plane.tell(PositionUpdate.fixture(of: ether, quantity: 1))
        plane.tell(AccountUpdate.fixture(equity: 12_000))
        plane.tell(AccountUpdate.fixture(equity: 9_000))
        let state = try #require(plane.published(RiskState.self).last)
        #expect(state.grossNotional == 400)
        #expect(state.netNotional == -200)
        #expect(state.equity == 9_000)
        #expect(state.equityPeak == 12_000)
        #expect(state.drawdown == ratio("0.25"))
        #expect(state.dayLoss == 1_000)
        #expect(state.halts.map(\.kind) == [.drawdown])
        #expect(state.halts.first?.since == plane.time)
        #expect(state.isHalted)
    }

    @Test func `is told, and kept, at once when a halt begins and when it ends`() {
        plane.tell(AccountUpdate.fixture(equity: 8_000))
        #expect(plane.published(RiskState.self).map(\.isHalted) == [true])
        #expect(plane.published(StateSnapshot.self).map(\.part) == [.risk])
        plane.tell(AccountUpdate.fixture(equity: 7_000))
        plane.tell(ControlCommand.fixture(.riskReset))
        #expect(plane.published(RiskState.self).map(\.isHalted) == [true, false])
        #expect(plane.published(StateSnapshot.self).count == 2)
    }

    @Test func `is reset by the operator, who hears what was`() throws {
        plane.tell(ControlCommand.fixture(.riskReset))
        plane.tell(AccountUpdate.fixture(equity: 8_000))
        plane.tell(ControlCommand.fixture(.riskReset))
        let outcomes = plane.published(CommandOutcome.self)
        #expect(outcomes.map(\.isAccepted) == [false, true])
        #expect(outcomes.map(\.changed) == [false, true])
        #expect(outcomes.map(\.code) == ["risk.not_halted", nil])
        #expect(outcomes.map(\.message) == ["nothing to reset", "reset: drawdown"])
    }

    @Test func `says of a halt that ends by itself that it does`() throws {
        let plane = PlaneHarness.risk(.only { $0.dailyLossMax = 10 })
        plane.tell(AccountUpdate.fixture(equity: 9_000))
        plane.tell(ControlCommand.fixture(.riskReset))
        let outcome = try #require(plane.published(CommandOutcome.self).first)
        #expect(!outcome.isAccepted)
        #expect(outcome.message.contains("dailyLoss ends by itself"))
        #expect(plane.halts == [.dailyLoss])
    }

    @Test func `leaves other commands to others`() {
        plane.tell(ControlCommand.fixture(.pause))
        #expect(plane.published(CommandOutcome.self).isEmpty)
    }
}
