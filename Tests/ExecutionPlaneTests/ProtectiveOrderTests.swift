import Contracts
import EventKernel
import ExecutionPlane
import TestKit
import Testing

@Suite struct `Execution, protective orders` {
    let plane = PlaneHarness.engine()

    private var placed: [String] {
        plane.done.filter { $0.contains("stopLoss") || $0.contains("takeProfit") }
    }

    /// A long position of 2 with a stop and a take profit that wait at the venue.
    private func hold() {
        plane.approve(2, stop: 95, profit: 110)
        plane.report(.filled(Fill.fixture("e1", quantity: 2)))
        plane.report(.untriggered, of: .stopLoss)
        plane.report(.untriggered, of: .takeProfit)
        #expect(plane.errorCodes.isEmpty)
    }

    @Test func `follow the entry, of the position's size`() {
        plane.approve(3, stop: 95, profit: 110)
        #expect(placed.isEmpty)
        plane.report(.accepted)
        plane.report(.filled(Fill.fixture("e1", quantity: 1)))
        #expect(placed.isEmpty)
        plane.report(.filled(Fill.fixture("e2", quantity: 1)))
        plane.report(.cancelled(reason: "no more liquidity"))
        #expect(
            placed == [
                "1 submitting stopLoss sell 2 when last falls to 95",
                "2 submitting takeProfit sell 2 when last rises to 110",
            ]
        )
        let stop = plane.orders.first { $0.purpose == .stopLoss }
        #expect(stop?.isReduceOnly == true && stop?.type == .market)
        #expect(stop?.meta.correlationID == .intent(33) && stop?.strategy == alpha)
    }

    @Test func `of a short position look the other way, on the tick that comes first`() {
        plane.approve(-2, stop: price("105.3"), profit: price("90.2"))
        plane.report(.filled(Fill.fixture("e1", quantity: 2)))
        #expect(
            placed == [
                "1 submitting stopLoss buy 2 when last rises to 105",
                "2 submitting takeProfit buy 2 when last falls to 90.5",
            ]
        )
    }

    @Test func `stand at once for an entry that rests and is filled in part, and grow with it`() {
        plane.ticker(bid: 100, ask: 101)
        plane.approve(2, style: .passive(waitMilliseconds: 10_000), stop: 95)
        plane.report(.accepted)
        plane.report(.filled(Fill.fixture("e1", quantity: quantity("0.5"))))
        #expect(placed == ["1 submitting stopLoss sell 0.5 when last falls to 95"])
        plane.report(.filled(Fill.fixture("e2", quantity: quantity("0.5"))), of: .move)
        #expect(placed.count == 1)
        plane.report(.untriggered, of: .stopLoss)
        #expect(placed.last == "1 amending stopLoss sell 1 when last falls to 95")
        plane.report(.filled(Fill.fixture("e3", quantity: 1)), of: .move)
        plane.report(.amended(price: 95, quantity: 1), of: .stopLoss)
        #expect(placed.last == "1 amending stopLoss sell 2 when last falls to 95")
    }

    @Test func `shrink with the position`() {
        hold()
        plane.approve(1, intent: 34, stop: 95, profit: 110)
        plane.report(.filled(Fill.fixture("e2", quantity: 1)), of: .move)
        #expect(
            placed.suffix(2) == [
                "1 amending stopLoss sell 1 when last falls to 95",
                "2 amending takeProfit sell 1 when last rises to 110",
            ]
        )
    }

    @Test func `move with the levels of a newer leave, the position as it is`() {
        hold()
        plane.approve(2, intent: 34, stop: 97, profit: 110)
        #expect(placed.suffix(1) == ["1 amending stopLoss sell 2 when last falls to 97"])
        plane.report(.amended(price: 97, quantity: 2), of: .stopLoss)
        #expect(placed.count == 3)
    }

    @Test func `are withdrawn where their strategy names none, and stay where another one does`() {
        hold()
        plane.approve(2, intent: 34, strategy: StrategyID("beta"))
        #expect(placed.count == 2)
        plane.approve(2, intent: 35)
        #expect(
            plane.done.suffix(2).map { $0.prefix(19) } == ["1 cancelling stopLo", "2 cancelling takePr"]
        )
    }

    @Test func `are left to the venue when the position is gone, and withdrawn where it leaves them`() {
        hold()
        plane.approve(0, intent: 34)
        plane.report(.filled(Fill.fixture("e2", quantity: 2)), of: .move)
        plane.report(.deactivated(reason: "the position is gone"), of: .stopLoss)
        plane.advance(milliseconds: 999)
        #expect(placed.count == 2)
        plane.advance(milliseconds: 1)
        #expect(placed.suffix(1) == ["2 cancelling takeProfit sell 2 when last rises to 110"])
    }

    @Test func `leave nothing to wake for once the venue has ended them with their position`() {
        hold()
        plane.approve(0, intent: 34)
        plane.report(.filled(Fill.fixture("e2", quantity: 2)), of: .move)
        plane.report(.deactivated(reason: "the position is gone"), of: .stopLoss)
        plane.report(.deactivated(reason: "the position is gone"), of: .takeProfit)
        plane.advance(milliseconds: 1_500)
        #expect(plane.kernel.nextDeadline.map { $0 > plane.kernel.now + 1_000 } ?? true)
    }

    @Test func `end the work on the position they close`() {
        plane.approve(
            4,
            style: .twap(slices: 2, intervalMilliseconds: 1_000),
            stop: 95
        )
        plane.report(.filled(Fill.fixture("e1", quantity: 2)))
        plane.report(.untriggered, of: .stopLoss)
        plane.report(.triggered, of: .stopLoss)
        plane.report(.filled(Fill.fixture("e2", quantity: 2)), of: .stopLoss)
        plane.advance(milliseconds: 10_000)
        #expect(plane.orders.filter { $0.state == .submitting }.map(\.purpose) == [.move, .stopLoss])
        // The levels have gone with the position: another strategy's position is not theirs to close.
        plane.approve(1, intent: 34, strategy: StrategyID("beta"))
        plane.report(.filled(Fill.fixture("e3", quantity: 1)), of: .move)
        #expect(placed.count == 1)
    }

    @Test func `are placed anew, not at once, where one has left a part of the position`() {
        hold()
        plane.report(.triggered, of: .stopLoss)
        plane.report(.deactivated(reason: "the stop was triggered"), of: .takeProfit)
        plane.report(.filled(Fill.fixture("e2", quantity: 1)), of: .stopLoss)
        plane.report(.cancelled(reason: "no more liquidity"), of: .stopLoss)
        plane.advance(milliseconds: 999)
        #expect(placed.count == 2)
        plane.advance(milliseconds: 1)
        #expect(
            placed.suffix(2) == [
                "3 submitting stopLoss sell 1 when last falls to 95",
                "4 submitting takeProfit sell 1 when last rises to 110",
            ]
        )
    }

    @Test func `are told of where the venue refuses one, and not asked for again`() {
        plane.approve(2, stop: 95)
        plane.report(.filled(Fill.fixture("e1", quantity: 2)))
        plane.report(.rejected(reason: "no"), of: .stopLoss)
        plane.advance(milliseconds: 10_000)
        #expect(placed.count == 1)
        #expect(plane.errorCodes == ["execution.unprotected"])
    }

    @Test func `wait while the system may not trade`() {
        plane.approve(2, stop: 95)
        plane.pause()
        plane.report(.filled(Fill.fixture("e1", quantity: 2)))
        #expect(placed.isEmpty)
        plane.resume()
        #expect(placed == ["1 submitting stopLoss sell 2 when last falls to 95"])
    }

    @Test func `of a position that turns round do not reach the one before it`() {
        hold()
        plane.approve(-1, intent: 34, stop: 105)
        #expect(placed.count == 2)
        plane.report(.filled(Fill.fixture("e2", quantity: 3)), of: .move)
        #expect(placed.suffix(1) == ["1 submitting stopLoss buy 1 when last rises to 105"])
    }

    @Test func `of a leg of hedge mode name the leg`() {
        let plane = PlaneHarness.engine(.fixture(.hedge))
        plane.approve(-1, stop: 105)
        plane.report(.filled(Fill.fixture("e1", quantity: 1)))
        #expect(plane.done.last == "1 submitting stopLoss buy 1 when last rises to 105 of short")
    }
}

@Suite struct `Execution, protective orders at the paper venue` {
    let plane = PlaneHarness.loop()

    private var open: [String] {
        var open: [OrderID: OrderEvent] = [:]
        for order in plane.orders { open[order.orderID] = order.state.isFinal ? nil : order }
        return open.values.map { "\($0.purpose.rawValue) \($0.quantity.plain)" }.sorted()
    }

    init() {
        plane.approve(2, stop: 95, profit: 110)
    }

    @Test func `are two, one of each`() {
        #expect(open == ["stopLoss 2", "takeProfit 2"])
        #expect(plane.errorCodes.isEmpty)
    }

    @Test func `close the position once`() {
        plane.trade(.sell, 1, at: 95)
        #expect(plane.position?.quantity == 0)
        #expect(open.isEmpty)
        plane.advance(milliseconds: 10_000)
        plane.trade(.buy, 1, at: 120)
        #expect(plane.position?.quantity == 0)
        #expect(plane.errorCodes.isEmpty)
    }

    @Test func `go with a position that is closed`() {
        plane.approve(0, intent: 34)
        #expect(plane.position?.quantity == 0)
        #expect(open.isEmpty)
        // The venue has ended them; nothing needed to be asked.
        #expect(!plane.states.contains(.cancelling))
    }

    @Test func `turn round with the position`() {
        plane.tell(OrderBookDelta.fixture())
        plane.approve(-1, intent: 34, stop: 105, profit: 90)
        #expect(plane.position?.quantity == -1)
        #expect(open == ["stopLoss 1", "takeProfit 1"])
        plane.trade(.buy, 1, at: 105)
        #expect(plane.position?.quantity == 0)
        #expect(open.isEmpty)
        #expect(plane.errorCodes.isEmpty)
    }

    @Test func `find the rest of the book where it was too thin`() {
        plane.book(bids: [(100, 1), (99, 0), (98, 0)])
        plane.trade(.sell, 1, at: 95)
        #expect(plane.position?.quantity == 1)
        plane.book(bids: [(94, 5)])
        plane.advance(milliseconds: 1_000)
        #expect(plane.position?.quantity == 0)
        #expect(open.isEmpty)
    }
}

@Suite struct `Execution, liquidation` {
    @Test func `is an order of the venue's own, and ends all that was wanted`() {
        let plane = PlaneHarness.loop(.fixture(), .fixture(leverage: 10))
        plane.approve(2, stop: 60, profit: 200)
        plane.approve(5, intent: 34, style: .passive(waitMilliseconds: 60_000), stop: 60)
        plane.forget()
        plane.ticker(mark: 80)
        let forced = plane.orders.filter { $0.purpose == .liquidation }
        #expect(forced.compactMap(\.fill).map(\.words) == ["2 at 92 taker"])
        #expect(forced.map(\.strategy.rawValue) == ["liquidation"])
        #expect(forced.first?.orderID.rawValue.hasPrefix("liquidation-paper-") == true)
        #expect(plane.position?.quantity == 0)
        plane.advance(milliseconds: 100_000)
        #expect(plane.orders.filter { $0.state == .submitting }.isEmpty)
        #expect(plane.errorCodes.isEmpty)
    }

    @Test func `is booked once`() {
        let plane = PlaneHarness.engine()
        plane.tell(PositionUpdate.fixture(quantity: 2))
        for _ in 0..<2 {
            plane.tell(
                VenueReport(
                    meta: EventMeta(source: .trading),
                    venue: "test",
                    instrument: bitcoin,
                    orderID: nil,
                    kind: .liquidated(Fill.fixture("l1", quantity: 2), side: .sell, positionIndex: .oneWay)
                )
            )
        }
        #expect(plane.orders.count == 1)
        plane.approve(1)
        #expect(plane.done.last == "0 submitting buy 1 at 105")
    }
}
