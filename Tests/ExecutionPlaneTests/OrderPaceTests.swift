import Contracts
import EventKernel
import ExecutionPlane
import TestKit
import Testing

@Suite struct `The pace of orders` {
    private static func settings(second: Int? = nil, minute: Int? = nil, day: Int? = nil) -> ExecutionSettings
    {
        var settings = ExecutionSettings.fixture()
        settings.entriesPerSecondMax = second
        settings.entriesPerMinuteMax = minute
        settings.entriesPerDayMax = day
        return settings
    }

    private func placed(_ plane: PlaneHarness) -> Int { plane.orders.count { $0.state == .submitting } }

    /// Rests, then asks for room to cross.
    private func cross(_ plane: PlaneHarness) {
        plane.ticker(bid: 100, ask: 101)
        plane.approve(2, style: .passive(waitMilliseconds: 400))
        plane.report(.accepted)
        plane.advance(milliseconds: 400)
        plane.report(.cancelled(reason: "asked"))
    }

    @Test(
        arguments: [
            (second: 1, minute: nil, wait: 1_000), (second: nil, minute: 1, wait: 60_000),
        ] as [(second: Int?, minute: Int?, wait: Int64)]
    )
    func `has an order that crosses wait for room`(second: Int?, minute: Int?, wait: Int64) {
        let plane = PlaneHarness.engine(Self.settings(second: second, minute: minute))
        cross(plane)
        #expect(plane.done.last == "0 cancelled 0 of 2")
        plane.advance(milliseconds: wait - 401)
        #expect(placed(plane) == 1)
        plane.advance(milliseconds: 1)
        #expect(plane.done.last == "1 submitting buy 2 at 105")
    }

    @Test func `has the next slice wait too`() {
        let plane = PlaneHarness.engine(Self.settings(minute: 2))
        plane.approve(3, style: .twap(slices: 3, intervalMilliseconds: 1_000))
        for index in 0..<2 {
            plane.report(.filled(Fill.fixture("e\(index)", quantity: 1)))
            plane.advance(milliseconds: 1_000)
        }
        #expect(placed(plane) == 2)
        plane.advance(milliseconds: 57_999)
        #expect(placed(plane) == 2)
        plane.advance(milliseconds: 1)
        #expect(placed(plane) == 3)
    }

    @Test func `counts the orders of a day anew with the next one`() {
        let plane = PlaneHarness.engine(Self.settings(day: 1))
        let rest = 86_400_000 - plane.time % 86_400_000
        cross(plane)
        plane.advance(milliseconds: rest - 401)
        #expect(placed(plane) == 1)
    }

    @Test func `holds up no exit`() {
        let plane = PlaneHarness.engine(Self.settings(minute: 1))
        plane.approve(2)
        plane.report(.filled(Fill.fixture("e1", quantity: 2)))
        plane.approve(0, intent: 34)
        #expect(plane.done.last == "0 submitting sell 2 at 95 reducing")
    }

    @Test func `ends with the intent that it held up`() {
        let plane = PlaneHarness.engine(Self.settings(minute: 1))
        plane.ticker(bid: 100, ask: 101)
        plane.approve(2, style: .passive(waitMilliseconds: 400), expiresIn: 30_000)
        plane.report(.accepted)
        plane.advance(milliseconds: 400)
        plane.report(.cancelled(reason: "asked"))
        plane.advance(milliseconds: 100_000)
        #expect(placed(plane) == 1)
    }

    // MARK: Over a restart

    private func restarted(_ plane: PlaneHarness, _ settings: ExecutionSettings) throws -> PlaneHarness {
        plane.requestSnapshot()
        let kept = try #require(plane.published(StateSnapshot.self).last { $0.part == .execution })
        let next = PlaneHarness(startingAt: plane.time) { kernel in
            _ = ExecutionEngine(settings: settings, kernel: kernel)
        }
        next.tell(
            StateRecovery(
                meta: EventMeta(source: .storage),
                step: .restored(part: .execution, version: kept.version, body: kept.body, asOf: kept.meta.seq)
            )
        )
        return next
    }

    @Test func `is known after a restart`() throws {
        let settings = Self.settings(minute: 1)
        let plane = PlaneHarness.engine(settings)
        cross(plane)
        let next = try restarted(plane, settings)
        next.tell(ControlState.fixture())
        next.advance(milliseconds: 59_599)
        #expect(placed(next) == 0)
        next.advance(milliseconds: 1)
        #expect(next.done == ["1 submitting buy 2 at 105"])
    }

    @Test func `is known where the work on orders begins anew, and what was open is told to have ended`()
        throws
    {
        let settings = Self.settings(minute: 2)
        let plane = PlaneHarness.engine(settings)
        plane.ticker(bid: 100, ask: 101)
        plane.approve(2, style: .passive(waitMilliseconds: 400_000))
        plane.report(.accepted)
        let open = try #require(plane.orders.last)
        let next = try restarted(plane, settings)
        // When
        let other = OrderEvent.fixture("late", .open)
        next.tell(
            StateRecovery(
                meta: EventMeta(source: .storage),
                step: .ordersLost(newest: [other, OrderEvent.fixture("gone", .filled)], placed: [plane.time])
            )
        )
        // Then
        #expect(next.orders.map(\.orderID) == [open.orderID, other.orderID])
        #expect(next.orders.allSatisfy { $0.state == .cancelled && $0.fill == nil })
        #expect(next.orders.first?.meta.correlationID == open.meta.correlationID)
        next.tell(ControlState.fixture())
        next.tell(InstrumentSpec.fixture())
        next.approve(2, intent: 50)
        #expect(placed(next) == 0)
        next.advance(milliseconds: 60_000)
        #expect(placed(next) == 1)
    }

    @Test func `leaves an order alone that has ended since its state was kept`() throws {
        let plane = PlaneHarness.engine()
        plane.approve(2)
        plane.report(.accepted)
        let order = try #require(plane.orders.last)
        let next = try restarted(plane, .fixture())
        let ended = OrderEvent.fixture(order.orderID.rawValue, .filled)
        next.tell(
            StateRecovery(
                meta: EventMeta(source: .storage),
                step: .ordersLost(newest: [ended], placed: [])
            )
        )
        #expect(next.orders.isEmpty)
    }
}

extension OrderEvent {
    fileprivate static func fixture(_ id: String, _ state: OrderState) -> OrderEvent {
        OrderEvent(
            meta: EventMeta(source: .trading, correlationID: .intent(40)),
            orderID: OrderID(rawValue: id),
            instrument: bitcoin,
            strategy: alpha,
            state: state,
            side: .buy,
            type: .limit,
            timeInForce: .goodTillCancelled,
            limitPrice: 100,
            quantity: 1,
            filledQuantity: state == .filled ? 1 : 0,
            isReduceOnly: false
        )
    }
}
