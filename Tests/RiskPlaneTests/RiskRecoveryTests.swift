import Contracts
import EventKernel
import RiskPlane
import TestKit
import Testing

@Suite(.enabled(if: Mutant.check == nil)) struct `Risk after a restart` {
    private let limits = RiskLimits.only {
        $0.drawdownMax = ratio("0.1")
        $0.dailyLossMax = 500
        $0.lossStreakMax = 1
        $0.stopLossesMax = 1
        $0.cooldownMilliseconds = 5_000
        $0.orderRatePerMinuteMax = 3
        $0.grossNotionalMax = 1_000
        $0.strategyBudgetMax = 900
    }

    /// What the newest snapshot says.
    private func body(_ plane: PlaneHarness) throws -> String {
        try #require(plane.published(StateSnapshot.self).last).body
    }

    /// A new run at the old one's time, with its memory back.
    private func restarted(
        _ plane: PlaneHarness,
        _ limits: RiskLimits,
        version: Int = 1
    ) throws -> PlaneHarness {
        plane.tell(SnapshotRequest(meta: EventMeta(source: .system), why: "test"))
        let body = try body(plane)
        let next = PlaneHarness(startingAt: plane.time) { kernel in
            _ = RiskManager(limits: limits, kernel: kernel)
        }
        next.tell(
            StateRecovery(
                meta: EventMeta(source: .storage),
                step: .restored(part: .risk, version: version, body: body, asOf: 1)
            )
        )
        next.tell(ControlState.fixture())
        next.tell(AccountUpdate.fixture(equity: 10_000))
        next.tell(ClockOffset.fixture())
        for instrument in [bitcoin, ether] { next.introduce(instrument) }
        return next
    }

    @Test(arguments: [true, false])
    func `counts the orders of the last run only where somebody follows them`(areRestored: Bool) throws {
        let plane = PlaneHarness.risk(limits)
        plane.tell(StrategyIntent.fixture(2, of: ether, target: 200, style: .passive(waitMilliseconds: 9)))
        plane.tell(OrderEvent.step("o", .open, of: ether, intent: 2, quantity: 2))
        let next = try restarted(plane, limits)
        let meta = EventMeta(source: .storage)
        if areRestored {
            let step = StateRecovery.Step.restored(part: .execution, version: 1, body: "{}", asOf: 1)
            next.tell(StateRecovery(meta: meta, step: step))
        }
        next.tell(StateRecovery(meta: meta, step: .done(parts: 2)))
        next.tell(AccountUpdate.fixture(equity: 10_001))
        next.advance(milliseconds: limits.stateIntervalMilliseconds)
        #expect(next.published(RiskState.self).last?.grossNotional.isZero == !areRestored)
    }

    @Test func `counts what was placed after its memory was kept, where orders begin anew`() throws {
        let plane = PlaneHarness.risk(limits)
        plane.tell(StrategyIntent.fixture(1, target: 100))
        plane.fillNewest()
        plane.tell(SnapshotRequest(meta: EventMeta(source: .system), why: "test"))
        let next = try restarted(plane, limits)
        let lost = StateRecovery.Step.ordersLost(
            newest: [],
            placed: [plane.time - 1, plane.time + 1, plane.time + 2]
        )
        next.tell(StateRecovery(meta: EventMeta(source: .storage), step: lost))
        next.tell(StateRecovery(meta: EventMeta(source: .storage), step: .done(parts: 2)))
        next.advance(milliseconds: 6_000)
        next.tell(StrategyIntent.fixture(2, target: 200))
        #expect(next.failedChecks == [.orderRate])
        next.advance(milliseconds: 54_002)
        next.tell(StrategyIntent.fixture(3, target: 200))
        #expect(next.failedChecks == [.orderRate] && next.approvals.count == 1)
    }

    @Test func `has the same memory as before`() throws {
        let plane = PlaneHarness.risk(limits)
        plane.tell(StrategyIntent.fixture(1, target: 300))
        plane.fillNewest()
        plane.tell(StrategyIntent.fixture(2, of: ether, target: 200, style: .passive(waitMilliseconds: 9)))
        plane.tell(OrderEvent.step("o", .open, of: ether, intent: 2, quantity: 2))
        plane.tell(
            ExchangeStatus.fixture(.scheduled, begin: plane.time + 1_000_000, end: plane.time + 2_000_000)
        )
        plane.tell(MarketContext.fixture(volatility: .high))
        plane.tell(FundingEvent.fixture(rate: ratio("0.0001"), next: plane.time + 1))
        let next = try restarted(plane, limits)
        next.tell(SnapshotRequest(meta: EventMeta(source: .system), why: "test"))
        #expect(try body(next) == body(plane))
    }

    @Test func `decides as it would have without one`() throws {
        let plane = PlaneHarness.risk(limits)
        plane.tell(StrategyIntent.fixture(1, target: 300))
        plane.fillNewest()
        plane.tell(StrategyIntent.fixture(2, by: beta, target: 200))
        plane.tell(OrderEvent.step("o", .open, intent: 2, quantity: 2))
        let next = try restarted(plane, limits)
        for plane in [plane, next] {
            plane.forget()
            plane.tell(StrategyIntent.fixture(3, target: 700))
            plane.tell(StrategyIntent.fixture(4, of: ether, target: 700))
            plane.tell(StrategyIntent.fixture(5, of: ether, by: beta, target: 100))
            plane.tell(StrategyIntent.fixture(6, by: beta, target: 0))
            plane.tell(OrderEvent.step("o", .filled, intent: 2, quantity: 2, filled: 2, fill: 2))
            plane.advance(milliseconds: 60_000)
            plane.tell(StrategyIntent.fixture(7, target: 900))
        }
        #expect(next.approvals.map(\.verdicts) == plane.approvals.map(\.verdicts))
        #expect(next.targets == plane.targets)
        #expect(next.rejections.map(\.reason) == plane.rejections.map(\.reason))
        #expect(plane.failedChecks == [.cooldown, .orderRate, .strategyBudget])
    }

    @Test func `is still halted, and tells so`() throws {
        let plane = PlaneHarness.risk(limits)
        plane.tell(AccountUpdate.fixture(equity: 8_000))
        #expect(plane.halts == [.dailyLoss, .drawdown])
        let next = try restarted(plane, limits)
        #expect(next.halts.sorted { $0.rawValue < $1.rawValue } == [.dailyLoss, .drawdown])
        next.tell(StrategyIntent.fixture(1, target: 100))
        #expect(next.failedChecks == [.dailyLoss])
        next.advance(milliseconds: 6_400_000)
        #expect(next.halts == [.drawdown])
    }

    @Test func `believes the books about the position, in whatever order they come`() throws {
        let plane = PlaneHarness.risk(limits)
        plane.tell(StrategyIntent.fixture(1, target: 300))
        plane.fillNewest()
        plane.tell(SnapshotRequest(meta: EventMeta(source: .system), why: "test"))
        let body = try body(plane)
        let next = PlaneHarness(startingAt: plane.time + 10) { kernel in
            _ = RiskManager(limits: limits, kernel: kernel)
        }
        next.tell(ControlState.fixture())
        next.tell(PositionUpdate.fixture(quantity: 5))
        next.tell(AccountUpdate.fixture(equity: 10_000))
        next.tell(
            StateRecovery(
                meta: EventMeta(source: .storage),
                step: .restored(part: .risk, version: 1, body: body, asOf: 1)
            )
        )
        next.introduce(bitcoin)
        next.tell(StrategyIntent.fixture(2, by: beta, target: 100))
        // alpha's share went along: five of it and one of beta's
        #expect(next.targets == [6])
    }

    @Test(arguments: [(version: 2, body: "{}"), (1, "no json"), (1, "{}")])
    func `is halted until a reset when its memory cannot be read`(version: Int, body: String) throws {
        let plane = PlaneHarness.risk(limits)
        plane.tell(
            StateRecovery(
                meta: EventMeta(source: .storage),
                step: .restored(part: .risk, version: version, body: body, asOf: 1)
            )
        )
        #expect(plane.published(ErrorEvent.self).map(\.module) == [.riskManager])
        #expect(plane.halts == [.stateLost])
        plane.tell(StrategyIntent.fixture(1, target: 100))
        #expect(plane.failedChecks == [.halted])
        plane.tell(ControlCommand.fixture(.riskReset))
        plane.tell(StrategyIntent.fixture(2, target: 100))
        #expect(plane.targets == [1])
    }

    @Test func `leaves the memory of others alone`() {
        let plane = PlaneHarness.risk(limits)
        plane.tell(
            StateRecovery(
                meta: EventMeta(source: .storage),
                step: .restored(part: .portfolio, version: 7, body: "", asOf: 1)
            )
        )
        plane.tell(StateRecovery(meta: EventMeta(source: .storage), step: .done(parts: 1)))
        #expect(plane.published(ErrorEvent.self).isEmpty)
    }
}
