import Contracts
import RiskPlane
import TestKit
import Testing

@Suite struct `Risk checks who may speak: it` {
    let plane = PlaneHarness.risk(.only())

    @Test(arguments: [ControlState.Lifecycle.starting, .recovering, .stopping, .stopped, .failed])
    func `refuses everything, exits too, unless the system runs`(lifecycle: ControlState.Lifecycle) {
        plane.tell(PositionUpdate.fixture(quantity: 1))
        plane.tell(ControlState.fixture(lifecycle))
        plane.tell(StrategyIntent.fixture(target: 200))
        plane.tell(StrategyIntent.fixture(target: 0))
        #expect(plane.failedChecks == [.lifecycle, .lifecycle])
        #expect(plane.approvals.isEmpty)
    }

    @Test func `refuses everything before it was told that the system runs`() {
        let plane = PlaneHarness { kernel in _ = RiskManager.underTest(.only(), kernel) }
        plane.introduce(bitcoin)
        plane.tell(AccountUpdate.fixture())
        plane.tell(StrategyIntent.fixture(target: 200))
        #expect(plane.failedChecks == [.lifecycle])
    }

    @Test(arguments: [ControlState.fixture(.paused, paused: true), .fixture(.running, paused: true)])
    func `refuses everything, exits too, while paused`(state: ControlState) {
        plane.tell(PositionUpdate.fixture(quantity: 1))
        plane.tell(state)
        plane.tell(StrategyIntent.fixture(target: 200))
        plane.tell(StrategyIntent.fixture(target: 0))
        #expect(plane.failedChecks == [.paused, .paused])
        plane.tell(ControlState.fixture())
        plane.tell(StrategyIntent.fixture(target: 0))
        #expect(plane.approvals.count == 1)
    }

    @Test func `refuses entries before an account is known, and with too little in it`() {
        let plane = PlaneHarness { kernel in
            _ = RiskManager.underTest(.only { $0.equityMin = 500 }, kernel)
        }
        plane.tell(ControlState.fixture())
        plane.introduce(bitcoin)
        plane.tell(PositionUpdate.fixture(quantity: 3))
        plane.tell(StrategyIntent.fixture(target: 500))
        plane.tell(AccountUpdate.fixture(equity: 500))
        plane.tell(StrategyIntent.fixture(target: 500))
        plane.tell(StrategyIntent.fixture(target: 0))
        #expect(plane.failedChecks == [.halted, .halted])
        #expect(plane.targets == [0])
        plane.tell(AccountUpdate.fixture(equity: 501))
        plane.tell(StrategyIntent.fixture(target: 500))
        #expect(plane.targets == [0, 5])
    }

    @Test func `leaves of a turn only the exit while halted`() {
        let plane = PlaneHarness.risk(.only { $0.equityMin = 500 })
        plane.tell(PositionUpdate.fixture(quantity: 3))
        plane.tell(AccountUpdate.fixture(equity: 400))
        plane.tell(StrategyIntent.fixture(target: -300))
        #expect(plane.targets == [0])
        #expect(plane.approvals.first?.isShrunk == true)
        let shrunk = plane.approvals.first?.verdicts.filter(\.isShrunk).map(\.check)
        #expect(shrunk == [.halted])
    }

    @Test func `refuses entries while the journal's disk takes nothing, and only entries`() {
        plane.tell(PositionUpdate.fixture(quantity: 1))
        plane.tell(JournalCondition.fixture(.full, allowsTrading: false))
        plane.tell(StrategyIntent.fixture(1, target: 300))
        #expect(plane.failedChecks == [.halted] && plane.halts == [.journal])
        plane.tell(StrategyIntent.fixture(2, target: 0))
        #expect(plane.targets == [0])
        // A disk that is merely slow closes no gate.
        plane.tell(JournalCondition.fixture(.slow, allowsTrading: true))
        plane.tell(StrategyIntent.fixture(3, target: 300))
        #expect(plane.failedChecks == [.halted] && plane.halts == [])
    }

    @Test(arguments: [
        (offset: 700 as Int64, bound: 50 as Int64, isApproved: true), (-700, 50, true), (700, 51, false),
        (-751, 0, false), (.min, .max, false),
    ])
    func `refuses entries with a clock that may be too far from the exchange's`(
        offset: Int64,
        bound: Int64,
        isApproved: Bool
    ) {
        plane.tell(PositionUpdate.fixture(quantity: 1))
        plane.tell(ClockOffset.fixture(offset: offset, bound: bound))
        plane.tell(StrategyIntent.fixture(target: 200))
        #expect(plane.failedChecks == (isApproved ? [] : [.clock]))
        plane.tell(StrategyIntent.fixture(target: 0))
        #expect(plane.targets.last == 0)
    }

    @Test func `refuses entries without a recent look at the exchange's clock, where one is required`() {
        let plane = PlaneHarness.risk(
            .only {
                $0.clockRequired = true
                $0.clockAgeMaxMilliseconds = 60_000
            }
        )
        plane.advance(milliseconds: 60_000)
        plane.tell(StrategyIntent.fixture(1, target: 100))
        plane.advance(milliseconds: 1)
        plane.tell(StrategyIntent.fixture(2, target: 200))
        #expect(plane.targets == [1])
        #expect(plane.failedChecks == [.clock])
    }

    @Test(arguments: [
        // from now on, in ms; with a margin of a minute
        (begin: 0 as Int64, end: 100_000 as Int64, isApproved: false), (60_001, 100_000, true),
        (60_000, 100_000, false), (-200_000, -60_000, true), (-200_000, -59_999, false),
    ])
    func `refuses entries in and near an announced maintenance`(begin: Int64, end: Int64, isApproved: Bool) {
        let plane = PlaneHarness.risk(.only { $0.maintenanceMarginMilliseconds = 60_000 })
        plane.tell(PositionUpdate.fixture(quantity: 1))
        plane.tell(ExchangeStatus.fixture(.scheduled, begin: plane.time + begin, end: plane.time + end))
        plane.tell(StrategyIntent.fixture(target: 200))
        plane.tell(StrategyIntent.fixture(target: 0))
        #expect(plane.failedChecks == (isApproved ? [] : [.exchange]))
        #expect(plane.targets.last == 0)
    }

    @Test func `takes a maintenance under way for over when it is said to be, or its end is past`() {
        let plane = PlaneHarness.risk(.only { $0.maintenanceMarginMilliseconds = 0 })
        plane.tell(ExchangeStatus.fixture(.ongoing, id: "a", begin: plane.time, end: plane.time + 1_000))
        plane.tell(ExchangeStatus.fixture(.ongoing, id: "b", begin: plane.time, end: 0))
        plane.tell(StrategyIntent.fixture(1, target: 100))
        plane.tell(ExchangeStatus.fixture(.completed, id: "b", begin: plane.time, end: 0))
        plane.tell(StrategyIntent.fixture(2, target: 100))
        plane.advance(milliseconds: 1_000)
        plane.tell(StrategyIntent.fixture(3, target: 100))
        #expect(plane.failedChecks == [.exchange, .exchange])
        #expect(plane.targets == [1])
    }

    @Test(arguments: [FeedHealth.State.stale, .resyncing])
    func `refuses to decide on data that is not fresh, exits too`(state: FeedHealth.State) {
        plane.tell(PositionUpdate.fixture(quantity: 1))
        plane.tell(FeedHealth.fixture(state))
        plane.tell(StrategyIntent.fixture(target: 200))
        plane.tell(StrategyIntent.fixture(target: 0))
        #expect(plane.failedChecks == [.feed, .feed])
        #expect(plane.rejections.first?.failed.value == .text(state.rawValue))
    }

    @Test func `refuses to decide on an instrument whose data was never said to be fresh`() {
        let solana = instrument("linear:SOLUSDT")
        plane.tell(InstrumentSpec.fixture(of: solana))
        plane.tell(StrategyIntent.fixture(of: solana, target: 200))
        #expect(plane.failedChecks == [.feed])
    }

    @Test func `refuses an intent whose time is over`() {
        plane.tell(StrategyIntent.fixture(target: 100, expires: plane.time))
        plane.tell(StrategyIntent.fixture(target: 100, expires: plane.time + 1))
        #expect(plane.failedChecks == [.intentExpired])
        #expect(plane.approvals.count == 1)
    }

    @Test func `refuses entries while nobody knows what became of an order`() {
        plane.tell(PositionUpdate.fixture(quantity: 1))
        plane.tell(OrderEvent.step("o", .unknown, quantity: 2, timeInForce: .immediateOrCancel))
        plane.tell(StrategyIntent.fixture(1, target: 200))
        plane.tell(StrategyIntent.fixture(2, of: ether, target: 200))
        plane.tell(StrategyIntent.fixture(3, target: 0))
        plane.tell(OrderEvent.step("o", .rejected, quantity: 2))
        plane.tell(StrategyIntent.fixture(4, target: 200))
        #expect(plane.failedChecks == [.unknownOrder])
        #expect(plane.targets == [2, 0, 2])
    }
}
