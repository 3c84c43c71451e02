import Contracts
import EventKernel
import RiskPlane
import TestKit
import Testing

@Suite struct `Risk manager` {
    let plane = PlaneHarness.risk()

    @Test func `approves what breaks no limit and says what every check saw`() throws {
        plane.tell(StrategyIntent.fixture(7, target: 250))
        let approved = try #require(plane.approvals.first)
        #expect(approved.targetQuantity == Quantity("2.5"))
        #expect(!approved.isShrunk)
        #expect(approved.meta.correlationID == .intent(7))
        #expect(approved.verdicts.map(\.check) == RiskCheck.allCases.dropLast() + [.arithmetic])
    }

    @Test(arguments: [
        (event: ControlState.fixture(.starting), check: RiskCheck.lifecycle),
        (event: ControlState.fixture(.recovering), check: .lifecycle),
        (event: ControlState.fixture(.stopping), check: .lifecycle),
        (event: ControlState.fixture(.failed), check: .lifecycle),
        (event: ControlState.fixture(.paused, paused: true), check: .paused),
        (event: ControlState.fixture(.running, paused: true), check: .paused),
    ])
    func `refuses everything, exits too, unless the system runs`(event: ControlState, check: RiskCheck) {
        plane.tell(PositionUpdate.fixture(quantity: 1))
        plane.tell(event)
        plane.tell(StrategyIntent.fixture(target: 200))
        plane.tell(StrategyIntent.fixture(target: 0))
        #expect(plane.failedChecks == [check, check])
        #expect(plane.approvals.isEmpty)
    }

    @Test func `refuses before it has been told anything`() {
        let plane = PlaneHarness { kernel in _ = RiskManager(limits: RiskLimits(), kernel: kernel) }
        plane.tell(StrategyIntent.fixture(target: 100))
        plane.tell(ControlState.fixture())
        plane.tell(StrategyIntent.fixture(target: 100))
        plane.tell(AccountUpdate.fixture())
        plane.tell(StrategyIntent.fixture(target: 100))
        plane.tell(InstrumentSpec.fixture())
        plane.tell(StrategyIntent.fixture(target: 100))
        plane.tell(FeedHealth.fixture())
        plane.tell(StrategyIntent.fixture(target: 100))
        #expect(plane.failedChecks == [.lifecycle, .halted, .instrument, .feed])
        #expect(plane.approvals.count == 1)
    }

    @Test(arguments: [
        InstrumentSpec.fixture(status: .closed), .fixture(status: .preLaunch), .fixture(quoteCoin: "BTC"),
    ])
    func `refuses an instrument that it may not trade`(spec: InstrumentSpec) {
        plane.tell(spec)
        plane.tell(StrategyIntent.fixture(target: 100))
        #expect(plane.failedChecks == [.instrument])
    }

    /// Fault X6: entries off, exits allowed, while the contract is there at all.
    @Test(arguments: [
        (status: InstrumentSpec.Status.delivering, isApproved: true), (.other, true), (.closed, false),
    ])
    func `lets out of what is no longer traded, and nobody in`(
        status: InstrumentSpec.Status,
        isApproved: Bool
    ) {
        plane.tell(PositionUpdate.fixture(quantity: 1))
        plane.tell(InstrumentSpec.fixture(status: status))
        plane.tell(StrategyIntent.fixture(target: 0))
        #expect(plane.approvals.count == (isApproved ? 1 : 0))
        plane.tell(StrategyIntent.fixture(target: 100_000))
        #expect(plane.failedChecks.last == .instrument)
    }

    @Test func `refuses to count what is not settled in the quote asset`() {
        let inverse = instrument("inverse:BTCUSD")
        plane.tell(InstrumentSpec.fixture(of: inverse, quoteCoin: "USDT"))
        plane.tell(FeedHealth.fixture(of: inverse))
        plane.tell(StrategyIntent.fixture(of: inverse, target: 100))
        #expect(plane.failedChecks == [.instrument])
    }

    @Test func `refuses to sell spot short`() {
        let spot = instrument("spot:BTCUSDT")
        plane.tell(InstrumentSpec.fixture(of: spot))
        plane.tell(FeedHealth.fixture(of: spot))
        plane.tell(StrategyIntent.fixture(of: spot, target: -100))
        #expect(plane.failedChecks == [.instrument])
    }

    @Test(arguments: [FeedHealth.State.stale, .resyncing])
    func `refuses to decide on data that is not fresh`(state: FeedHealth.State) {
        plane.tell(PositionUpdate.fixture(quantity: 1))
        plane.tell(FeedHealth.fixture(state))
        plane.tell(StrategyIntent.fixture(target: 200))
        plane.tell(StrategyIntent.fixture(target: 0))
        #expect(plane.failedChecks == [.feed, .feed])
        #expect(plane.rejections.first?.failed.value == state.rawValue)
    }

    @Test func `refuses an intent whose time is over`() {
        plane.tell(StrategyIntent.fixture(target: 100, expires: plane.time))
        plane.tell(StrategyIntent.fixture(target: 100, expires: plane.time + 1))
        #expect(plane.failedChecks == [.intentExpired])
        #expect(plane.approvals.count == 1)
    }

    @Test func `lets time pass between two entries but not before an exit`() {
        let plane = PlaneHarness.risk(RiskLimits(cooldownMilliseconds: 5_000))
        plane.tell(StrategyIntent.fixture(target: 100))
        plane.tell(PositionUpdate.fixture(quantity: 1))
        plane.tell(StrategyIntent.fixture(target: 200))
        plane.tell(StrategyIntent.fixture(by: beta, target: 100))
        plane.tell(StrategyIntent.fixture(target: 0))
        plane.advance(milliseconds: 5_000)
        plane.tell(StrategyIntent.fixture(target: 200))
        #expect(plane.failedChecks == [.cooldown])
        #expect(plane.approvals.count == 4)
    }

    @Test(arguments: [
        // held, target in quote asset, approved quantity; limits: order 1000, position 2000, gross 5000, price 100
        (held: "0", target: "1500", approved: "10"), (held: "0", target: "-1500", approved: "-10"),
        (held: "15", target: "2500", approved: "20"), (held: "-15", target: "-2500", approved: "-20"),
        (held: "8", target: "-800", approved: "-2"), (held: "30", target: "0", approved: "0"),
        (held: "30", target: "2900", approved: "29"), (held: "5", target: "500", approved: "5"),
        (held: "0", target: "123.4567", approved: "1.234"),
        (held: "0", target: "-123.4567", approved: "-1.234"),
    ])
    func `makes an intent smaller rather than break a limit`(
        held: String,
        target: String,
        approved: String
    ) throws {
        plane.tell(PositionUpdate.fixture(quantity: try #require(Quantity(held))))
        plane.tell(StrategyIntent.fixture(target: try #require(Money(target))))
        #expect(plane.approvals.map(\.targetQuantity) == [try #require(Quantity(approved))])
        #expect(plane.rejections.isEmpty)
    }

    @Test func `refuses to add to a position at its limit, and never turns the wish round`() {
        plane.tell(PositionUpdate.fixture(quantity: 21))
        plane.tell(StrategyIntent.fixture(target: 2_200))
        #expect(plane.failedChecks == [.positionNotional])
        #expect(plane.rejections.first?.failed.limit == "2000")
    }

    @Test func `counts every instrument towards the gross limit, unfilled leave at its worst`() throws {
        let plane = PlaneHarness.risk(
            RiskLimits(
                orderNotionalMax: 10_000,
                positionNotionalMax: 10_000,
                grossNotionalMax: 1_000,
                cooldownMilliseconds: 0
            )
        )
        plane.tell(StrategyIntent.fixture(1, target: 700))
        plane.tell(StrategyIntent.fixture(2, of: ether, target: -700))
        let second = try #require(plane.approvals.last)
        plane.tell(OrderEvent.fixture(second, asked: 3, filled: 3, state: .filled))
        plane.tell(StrategyIntent.fixture(3, of: ether, by: beta, target: -700))
        #expect(plane.approvals.map(\.targetQuantity) == [7, -3])
        #expect(plane.approvals.map(\.isShrunk) == [false, true])
        #expect(plane.failedChecks == [.grossNotional])
    }

    @Test func `gives room back when an order ended without a fill`() throws {
        let plane = PlaneHarness.risk(
            RiskLimits(
                orderNotionalMax: 10_000,
                positionNotionalMax: 10_000,
                grossNotionalMax: 1_000,
                cooldownMilliseconds: 0
            )
        )
        plane.tell(StrategyIntent.fixture(1, target: 700))
        let approved = try #require(plane.approvals.first)
        plane.tell(OrderEvent.fixture(approved, asked: 7, filled: 0, state: .cancelled))
        plane.tell(StrategyIntent.fixture(2, of: ether, target: -700))
        #expect(plane.approvals.map(\.targetQuantity) == [7, -7])
    }

    @Test func `counts an order under way although a newer intent wants less`() throws {
        let plane = PlaneHarness.risk(
            RiskLimits(
                orderNotionalMax: 10_000,
                positionNotionalMax: 10_000,
                grossNotionalMax: 1_000,
                cooldownMilliseconds: 0
            )
        )
        plane.tell(StrategyIntent.fixture(1, target: 700))
        let first = try #require(plane.approvals.first)
        plane.tell(OrderEvent.fixture(first, asked: 7, filled: 1, state: .partiallyFilled))
        plane.tell(StrategyIntent.fixture(2, target: 100))
        plane.tell(StrategyIntent.fixture(3, of: ether, target: 700))
        #expect(plane.approvals.map(\.targetQuantity) == [7, 1, 3])
    }

    @Test func `values an order at the worst price that its slippage allows`() {
        plane.tell(StrategyIntent.fixture(target: 1_000, slippageMax: Ratio(units: 25, scale: 2)))
        #expect(plane.approvals.map(\.targetQuantity) == [8])
    }

    @Test func `adds up what several strategies want on one instrument`() throws {
        plane.tell(StrategyIntent.fixture(1, target: 300))
        let first = try #require(plane.approvals.first)
        plane.tell(OrderEvent.fixture(first, asked: 3, filled: 3, state: .filled))
        plane.tell(StrategyIntent.fixture(2, by: beta, target: 200))
        let second = try #require(plane.approvals.last)
        plane.tell(OrderEvent.fixture(second, from: 3, asked: 2, filled: 2, state: .filled))
        plane.tell(StrategyIntent.fixture(3, target: 0))
        #expect(plane.approvals.map(\.targetQuantity) == [3, 5, 2])
    }

    @Test func `refuses what is less than the exchange takes`() {
        plane.tell(StrategyIntent.fixture(target: Money(units: 1, scale: 2)))
        plane.tell(StrategyIntent.fixture(target: 4))
        #expect(plane.failedChecks == [.quantityStep, .quantityStep])
        #expect(plane.rejections.last?.failed.limit == "5")
    }

    @Test func `gives leave for no more than the exchange takes in one order`() {
        plane.tell(InstrumentSpec.fixture(quantityMax: 2))
        plane.tell(StrategyIntent.fixture(target: 500))
        #expect(plane.approvals.map(\.targetQuantity) == [2])
        #expect(plane.approvals.map(\.isShrunk) == [true])
    }

    @Test func `refuses what it cannot compute`() {
        plane.tell(StrategyIntent.fixture(target: Money(units: .max, scale: 0)))
        plane.tell(
            StrategyIntent.fixture(
                target: 100,
                price: Price(units: .max, scale: 0),
                slippageMax: Ratio(units: 5, scale: 1)
            )
        )
        #expect(plane.failedChecks == [.arithmetic, .arithmetic])
    }

    @Test func `halts when the equity is used up, and lets positions be closed`() {
        plane.tell(PositionUpdate.fixture(quantity: 3))
        plane.tell(AccountUpdate.fixture(equity: -1))
        plane.tell(StrategyIntent.fixture(target: 500))
        plane.tell(StrategyIntent.fixture(target: 0))
        #expect(plane.published(RiskState.self).map(\.isHalted) == [true])
        #expect(plane.failedChecks == [.halted])
        #expect(plane.approvals.map(\.targetQuantity) == [0])
        plane.tell(AccountUpdate.fixture(equity: 1))
        #expect(plane.published(RiskState.self).map(\.isHalted) == [true, false])
    }

    @Test func `allows smaller orders while volatility is high`() {
        let plane = PlaneHarness.risk(
            RiskLimits(cooldownMilliseconds: 0, highVolatilityShare: Ratio(units: 5, scale: 1))
        )
        plane.tell(MarketContext.fixture(volatility: .high))
        plane.tell(StrategyIntent.fixture(target: 1_000))
        #expect(plane.approvals.map(\.targetQuantity) == [5])
    }

    @Test func `refuses entries outside the exchange's own price limits`() {
        plane.tell(
            PriceLimit(meta: EventMeta(source: .market), instrument: bitcoin, highestBid: 99, lowestAsk: 98)
        )
        plane.tell(StrategyIntent.fixture(target: 100))
        plane.tell(StrategyIntent.fixture(target: -100))
        #expect(plane.failedChecks == [.instrument])
    }

    @Test func `tells its state at most once a second, with what it has refused`() throws {
        for number in 1...5 as ClosedRange<UInt64> { plane.tell(StrategyIntent.fixture(number, target: 1)) }
        #expect(plane.published(RiskState.self).isEmpty)
        plane.advance(milliseconds: 1_000)
        plane.advance(milliseconds: 10_000)
        let state = try #require(plane.published(RiskState.self).first)
        #expect(plane.published(RiskState.self).count == 1)
        #expect(state.rejections == [RejectionCount(check: .quantityStep, count: 5)])
    }
}
