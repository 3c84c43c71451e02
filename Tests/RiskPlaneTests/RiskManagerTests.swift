import Contracts
import EventKernel
import RiskPlane
import TestKit
import Testing

@Suite struct `Risk manager` {
    let plane = PlaneHarness.risk()
    private let gross = RiskLimits.only { $0.grossNotionalMax = 1_000 }

    @Test func `approves what breaks no limit and says what every check saw`() throws {
        plane.tell(StrategyIntent.fixture(7, target: 250))
        let approved = try #require(plane.approvals.first)
        #expect(approved.targetQuantity == quantity("2.5"))
        #expect(!approved.isShrunk)
        #expect(approved.meta.correlationID == .intent(7))
        #expect(approved.verdicts.map(\.check) == RiskCheck.allCases.filter { $0 != Mutant.check })
    }

    @Test(.enabled(if: Mutant.check == nil))
    func `refuses before it has been told anything`() {
        let plane = PlaneHarness { kernel in _ = RiskManager(limits: RiskLimits(), kernel: kernel) }
        let steps: [() -> Void] = [
            { plane.tell(ControlState.fixture()) }, { plane.tell(AccountUpdate.fixture()) },
            { plane.tell(ClockOffset.fixture()) },
            { plane.tell(InstrumentSpec.fixture(fundingMinutes: 480)) },
            { plane.tell(FeedHealth.fixture()) }, { plane.tell(TickerEvent.fixture(mark: nil)) },
            { plane.tell(TickerEvent.fixture(ask: nil)) }, { plane.tell(TickerEvent.fixture()) },
            { plane.tell(FundingEvent.fixture(rate: 0, next: nil)) },
        ]
        for step in steps {
            plane.tell(StrategyIntent.fixture(target: 100))
            step()
        }
        plane.tell(StrategyIntent.fixture(target: 100))
        #expect(
            plane.failedChecks == [
                .lifecycle, .halted, .clock, .instrument, .feed, .collar, .collar, .spread, .fundingCost,
            ]
        )
        #expect(plane.approvals.count == 1)
    }

    @Test func `gives room back when an order ended without a fill`() throws {
        let plane = PlaneHarness.risk(gross)
        plane.tell(StrategyIntent.fixture(1, target: 700))
        let approved = try #require(plane.approvals.first)
        plane.tell(OrderEvent.fixture(approved, asked: 7, filled: 0, state: .cancelled))
        plane.tell(StrategyIntent.fixture(2, of: ether, target: -700))
        #expect(plane.targets == [7, -7])
    }

    @Test(arguments: [OrderState.open, .unknown, .partiallyFilled, .cancelling])
    func `counts an order under way although a newer intent wants less`(state: OrderState) throws {
        let plane = PlaneHarness.risk(gross)
        plane.tell(StrategyIntent.fixture(1, target: 700))
        plane.tell(OrderEvent.step("o", .submitting, intent: 1, quantity: 7))
        plane.tell(
            OrderEvent.step("o", .partiallyFilled, intent: 1, quantity: 7, filled: 1, fill: 1)
        )
        plane.tell(OrderEvent.step("o", state, intent: 1, quantity: 7, filled: 1))
        plane.tell(StrategyIntent.fixture(2, target: 100))
        plane.tell(StrategyIntent.fixture(3, of: ether, target: 700))
        #expect(plane.targets == [7, 1, 3])
    }

    @Test(arguments: [OrderPurpose.stopLoss, .takeProfit])
    func `never counts an order that only reduces`(purpose: OrderPurpose) {
        let plane = PlaneHarness.risk(gross)
        plane.tell(PositionUpdate.fixture(quantity: 5))
        plane.tell(OrderEvent.step("o", .untriggered, side: .sell, quantity: 20, purpose: purpose))
        plane.tell(OrderEvent.step("p", .open, side: .sell, quantity: 20, price: 120, reduceOnly: true))
        plane.tell(StrategyIntent.fixture(of: ether, target: 700))
        #expect(plane.targets == [5])
    }

    @Test func `counts leave that is ordered in parts until it is reached or over`() throws {
        let plane = PlaneHarness.risk(gross)
        let style = ExecutionStyle.twap(slices: 2, intervalMilliseconds: 60_000)
        plane.tell(StrategyIntent.fixture(1, target: 600, expires: plane.time + 1_000, style: style))
        plane.tell(OrderEvent.step("a", .submitting, intent: 1, quantity: 3))
        plane.tell(OrderEvent.step("a", .filled, intent: 1, quantity: 3, filled: 3, fill: 3))
        plane.tell(StrategyIntent.fixture(2, of: ether, target: 500))
        plane.advance(milliseconds: 119_999)
        plane.tell(StrategyIntent.fixture(3, of: ether, target: 600))
        plane.advance(milliseconds: 1)
        plane.tell(StrategyIntent.fixture(4, of: ether, target: 800))
        #expect(plane.targets == [6, 4, 4, 7])
    }

    @Test func `forgets older leave once an order of a newer one is seen`() {
        let plane = PlaneHarness.risk(gross)
        plane.tell(StrategyIntent.fixture(1, target: 700))
        plane.tell(StrategyIntent.fixture(2, target: 100))
        plane.tell(StrategyIntent.fixture(3, of: ether, target: 700))
        plane.tell(OrderEvent.step("o", .submitting, intent: 2, quantity: 1))
        plane.tell(StrategyIntent.fixture(4, of: ether, target: 700))
        #expect(plane.targets == [7, 1, 3, 7])
    }

    @Test func `forgets leave between two of its orders once a newer one is given`() {
        let plane = PlaneHarness.risk(gross)
        let style = ExecutionStyle.twap(slices: 2, intervalMilliseconds: 60_000)
        plane.tell(StrategyIntent.fixture(1, target: 900, style: style))
        plane.tell(OrderEvent.step("a", .submitting, intent: 1, quantity: 4))
        plane.tell(OrderEvent.step("a", .filled, intent: 1, quantity: 4, filled: 4, fill: 4))
        plane.tell(OrderEvent.step("stop", .untriggered, side: .sell, quantity: 4, purpose: .stopLoss))
        plane.tell(StrategyIntent.fixture(2, target: 400))
        plane.tell(StrategyIntent.fixture(3, of: ether, target: 900))
        #expect(plane.targets == [9, 4, 6])
    }

    @Test func `counts the same wish told again and again only once`() {
        let plane = PlaneHarness.risk(gross)
        for number in 1...5 as ClosedRange<UInt64> {
            plane.tell(StrategyIntent.fixture(number, target: 700, expires: plane.time + 10 * Int64(number)))
        }
        plane.advance(milliseconds: 49)
        plane.tell(StrategyIntent.fixture(6, of: ether, target: 700, expires: plane.time + 1))
        plane.advance(milliseconds: 1)
        plane.tell(StrategyIntent.fixture(7, of: ether, target: 700))
        #expect(plane.targets == [7, 7, 7, 7, 7, 3, 7])
    }

    @Test func `gives the whole leave to its strategy again when another order of it follows`() {
        let plane = PlaneHarness.risk(.only())
        plane.tell(StrategyIntent.fixture(1, target: 600))
        plane.tell(OrderEvent.step("a", .submitting, intent: 1, quantity: 6))
        plane.tell(OrderEvent.step("a", .cancelled, intent: 1, quantity: 6))
        plane.tell(OrderEvent.step("b", .submitting, intent: 1, quantity: 6))
        plane.tell(StrategyIntent.fixture(2, by: beta, target: 100))
        #expect(plane.targets == [6, 7])
    }

    @Test func `counts the bigger of two sizes while a change is only asked for`() {
        let plane = PlaneHarness.risk(gross)
        plane.tell(OrderEvent.step("a", .open, quantity: 6))
        plane.tell(OrderEvent.step("a", .amending, quantity: 2))
        plane.tell(StrategyIntent.fixture(1, of: ether, target: 900))
        plane.tell(OrderEvent.step("a", .open, quantity: 2))
        plane.tell(StrategyIntent.fixture(2, of: ether, target: 900))
        #expect(plane.targets == [4, 8])
    }

    @Test func `lets out of one position though the worth of another is not known`() {
        let plane = PlaneHarness.risk(.only())
        let solana = instrument("linear:SOLUSDT")
        plane.tell(
            PositionUpdate(
                meta: EventMeta(source: .trading),
                instrument: solana,
                quantity: 5,
                entryPrice: nil,
                markPrice: nil,
                realisedProfit: 0,
                unrealisedProfit: 0,
                fees: 0,
                funding: 0
            )
        )
        plane.tell(PositionUpdate.fixture(quantity: 2))
        plane.tell(StrategyIntent.fixture(1, target: 300))
        plane.tell(StrategyIntent.fixture(2, target: 0))
        #expect(plane.failedChecks == (Mutant.check == .arithmetic ? [] : [.arithmetic]))
        #expect(plane.targets.last == 0)
    }

    @Test func `adds up what several strategies want on one instrument`() {
        plane.tell(StrategyIntent.fixture(1, target: 300))
        plane.fillNewest()
        plane.tell(StrategyIntent.fixture(2, by: beta, target: 200))
        plane.fillNewest(from: 3)
        plane.tell(StrategyIntent.fixture(3, target: 0))
        #expect(plane.targets == [3, 5, 2])
    }

    @Test func `takes what was not filled, and what a stop closed, from the strategy whose it was`() throws {
        plane.tell(StrategyIntent.fixture(1, target: 300))
        plane.fillNewest()
        plane.tell(StrategyIntent.fixture(2, by: beta, target: 200))
        let second = try #require(plane.approvals.last)
        plane.tell(OrderEvent.fixture(second, from: 3, asked: 2, filled: 1, state: .partiallyFilled))
        plane.tell(OrderEvent.fixture(second, from: 3, asked: 2, filled: 1, state: .cancelled))
        // alpha 3, beta 1
        plane.tell(OrderEvent.step("stop", .untriggered, side: .sell, quantity: 2, purpose: .stopLoss))
        plane.tell(
            OrderEvent.step("stop", .filled, side: .sell, quantity: 2, filled: 2, purpose: .stopLoss, fill: 2)
        )
        // alpha 1, beta 1
        plane.tell(StrategyIntent.fixture(3, by: beta, target: 0))
        plane.fillNewest(from: 2)
        plane.tell(StrategyIntent.fixture(4, by: beta, target: 100))
        #expect(plane.targets == [3, 5, 1, 2])
    }

    @Test func `takes a stop that closed more than its owner had from the others`() {
        plane.tell(StrategyIntent.fixture(1, target: 300))
        plane.fillNewest()
        plane.tell(StrategyIntent.fixture(2, by: beta, target: 200))
        plane.fillNewest(from: 3)
        plane.tell(OrderEvent.step("stop", .untriggered, side: .sell, quantity: 5, purpose: .stopLoss))
        plane.tell(
            OrderEvent.step("stop", .filled, side: .sell, quantity: 5, filled: 5, purpose: .stopLoss, fill: 5)
        )
        plane.tell(StrategyIntent.fixture(3, target: 100))
        #expect(plane.targets == [3, 5, 1])
    }

    @Test func `adopts the position that the books state, and settles the shares by it`() {
        plane.tell(StrategyIntent.fixture(1, target: 300))
        plane.fillNewest()
        plane.tell(StrategyIntent.fixture(2, by: beta, target: 200))
        plane.fillNewest(from: 3)
        // Somebody closed everything by hand.
        plane.advance(milliseconds: 1)
        plane.tell(PositionUpdate.fixture(quantity: 0))
        plane.tell(StrategyIntent.fixture(3, target: 100))
        #expect(plane.targets == [3, 5, 1])
    }

    @Test func `leaves the books' word aside within the time of a fill`() {
        plane.tell(StrategyIntent.fixture(1, target: 300))
        plane.fillNewest()
        plane.tell(PositionUpdate.fixture(quantity: 0))
        plane.tell(StrategyIntent.fixture(2, target: 200))
        #expect(plane.targets == [3, 2])
        #expect(plane.approvals.last?.verdicts.contains { $0.value == "reducing" } == true)
    }

    @Test func `halts when the venue closes a position by force, until the operator resets it`() {
        plane.tell(StrategyIntent.fixture(1, target: 300))
        plane.fillNewest()
        plane.tell(
            OrderEvent.step(
                "forced",
                .filled,
                by: StrategyID("venue"),
                side: .sell,
                quantity: 3,
                filled: 3,
                purpose: .liquidation,
                fill: 3
            )
        )
        #expect(plane.halts == [.liquidation])
        plane.tell(StrategyIntent.fixture(2, target: 300))
        #expect(plane.failedChecks == (Mutant.check == .halted ? [] : [.halted]))
        plane.tell(ControlCommand.fixture(.riskReset))
        plane.tell(StrategyIntent.fixture(3, target: 200))
        #expect(plane.targets.last == 2)
        #expect(plane.halts.isEmpty)
    }
}
