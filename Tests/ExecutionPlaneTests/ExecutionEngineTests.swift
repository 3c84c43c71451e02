import Contracts
import EventKernel
import ExecutionPlane
import TestKit
import Testing

@Suite struct `Execution engine` {
    let plane = PlaneHarness { kernel in
        _ = ExecutionEngine(settings: ExecutionSettings(instance: "test-0001"), kernel: kernel)
    }

    init() {
        plane.tell(ControlState.fixture())
        plane.tell(InstrumentSpec.fixture())
    }

    @Test func `asks for one order that moves the position to its target`() throws {
        plane.tell(ApprovedIntent.fixture(33, target: 3))
        let order = try #require(plane.orders.first)
        #expect(plane.states == [.submitting])
        #expect(order.orderID.rawValue == "tb1-test-0001-11-0")
        #expect(order.meta.correlationID == .intent(33))
        #expect(order.side == .buy)
        #expect(order.quantity == 3)
        #expect(order.timeInForce == .immediateOrCancel)
        #expect(!order.isReduceOnly)
    }

    @Test(
        arguments: [
            // held, target, side, quantity, reduce-only
            (held: 0, target: 3, side: Side.buy, quantity: 3, reduces: false),
            (held: 0, target: -3, side: .sell, quantity: 3, reduces: false),
            (held: 3, target: 0, side: .sell, quantity: 3, reduces: true),
            (held: -3, target: -1, side: .buy, quantity: 2, reduces: true),
            (held: 3, target: -2, side: .sell, quantity: 5, reduces: false),
            (held: 3, target: 5, side: .buy, quantity: 2, reduces: false),
        ] as [(held: Quantity, target: Quantity, side: Side, quantity: Quantity, reduces: Bool)]
    )
    func `goes from the restored position`(
        held: Quantity,
        target: Quantity,
        side: Side,
        quantity: Quantity,
        reduces: Bool
    ) throws {
        plane.tell(PositionUpdate.fixture(quantity: held))
        plane.tell(ApprovedIntent.fixture(target: target))
        let order = try #require(plane.orders.first)
        #expect(order.side == side)
        #expect(order.quantity == quantity)
        #expect(order.isReduceOnly == reduces)
    }

    @Test func `asks for nothing where the position is there already`() {
        plane.tell(PositionUpdate.fixture(quantity: 3))
        plane.tell(ApprovedIntent.fixture(target: 3))
        plane.tell(ApprovedIntent.fixture(target: Quantity(units: 305, scale: 2)))
        #expect(plane.orders.isEmpty)
    }

    @Test(
        arguments: [
            // reference, slippage, own limit, target, limit price on a tick of 0.5
            (price: "100", slippage: "0.005", own: nil, target: 1, limit: "100.5"),
            (price: "100", slippage: "0.009", own: nil, target: 1, limit: "100.5"),
            (price: "100", slippage: "0.009", own: nil, target: -1, limit: "99.5"),
            (price: "100.3", slippage: "0", own: nil, target: 1, limit: "100.0"),
            (price: "100.3", slippage: "0", own: nil, target: -1, limit: "100.5"),
            (price: "100", slippage: "0.05", own: "101.2", target: 1, limit: "101.0"),
            (price: "100", slippage: "0.05", own: "98.7", target: -1, limit: "99.0"),
            (price: "100", slippage: "0.01", own: "150", target: 1, limit: "101.0"),
        ] as [(price: String, slippage: String, own: String?, target: Quantity, limit: String)]
    )
    func `never asks for a price beyond the slippage allowed`(
        price: String,
        slippage: String,
        own: String?,
        target: Quantity,
        limit: String
    ) throws {
        plane.tell(
            ApprovedIntent.fixture(
                target: target,
                price: try #require(Price(price)),
                limitPrice: own.flatMap { Price($0) },
                slippageMax: try #require(Ratio(slippage))
            )
        )
        #expect(plane.orders.map(\.limitPrice) == [Price(limit)])
    }

    @Test(arguments: [
        ControlState.fixture(paused: true), .fixture(.paused, paused: true), .fixture(.stopping),
        .fixture(.recovering),
    ])
    func `asks for nothing while the system may not trade, whatever was approved`(state: ControlState) {
        plane.tell(state)
        plane.tell(ApprovedIntent.fixture(target: 1))
        #expect(plane.orders.isEmpty)
        #expect(plane.errorCodes == ["execution.not_trading"])
    }

    @Test func `asks for nothing once the intent has expired`() {
        plane.tell(ApprovedIntent.fixture(target: 1, expires: plane.time))
        #expect(plane.orders.isEmpty)
        #expect(plane.errorCodes == ["execution.expired"])
    }

    @Test func `asks for no more than one order may carry`() {
        plane.tell(InstrumentSpec.fixture(quantityMax: 2))
        plane.tell(ApprovedIntent.fixture(target: 3))
        #expect(plane.orders.map(\.quantity) == [2])
    }

    private static let half = Fill.fixture("e1", quantity: 2)
    private static let rest = Fill.fixture("e2", quantity: 2)

    @Test(
        arguments: [
            (
                reports: [.accepted, .filled(half), .filled(rest)],
                states: [.open, .partiallyFilled, .filled], filled: 4
            ),
            (
                reports: [.filled(half), .accepted, .filled(rest)], states: [.partiallyFilled, .filled],
                filled: 4
            ),
            (
                reports: [.accepted, .filled(half), .filled(half)], states: [.open, .partiallyFilled],
                filled: 2
            ),
            (reports: [.accepted, .accepted], states: [.open], filled: 0),
            (
                reports: [.rejected(reason: "no"), .accepted, .cancelled(reason: "no")], states: [.rejected],
                filled: 0
            ),
            (
                reports: [.accepted, .cancelled(reason: "no"), .filled(half), .cancelled(reason: "no")],
                states: [.open, .cancelled, .cancelled], filled: 2
            ),
            (
                reports: [
                    .filled(half), .filled(rest), .cancelled(reason: "late"), .rejected(reason: "late"),
                ],
                states: [.partiallyFilled, .filled], filled: 4
            ),
            (
                reports: [.accepted, .filled(half), .rejected(reason: "odd")],
                states: [.open, .partiallyFilled, .rejected], filled: 2
            ),
        ] as [(reports: [VenueReport.Kind], states: [OrderState], filled: Quantity)]
    )
    func `moves an order only along the legal steps, each execution once`(
        reports: [VenueReport.Kind],
        states: [OrderState],
        filled: Quantity
    ) {
        plane.tell(ApprovedIntent.fixture(target: 4))
        for report in reports { plane.report(report) }
        #expect(plane.states == [.submitting] + states)
        #expect(plane.orders.last?.filledQuantity == filled)
        #expect(plane.errorCodes.isEmpty)
    }

    @Test func `books no more than was ordered`() {
        plane.tell(ApprovedIntent.fixture(target: 1))
        plane.report(.filled(Fill.fixture("e1", quantity: 2)))
        #expect(plane.states == [.submitting])
        #expect(plane.errorCodes == ["execution.overfilled"])
    }

    @Test func `says so when a report belongs to no order`() {
        plane.tell(
            VenueReport(
                meta: EventMeta(source: .trading),
                venue: "test",
                instrument: bitcoin,
                orderID: OrderID(rawValue: "other"),
                kind: .accepted
            )
        )
        #expect(plane.errorCodes == ["execution.unknown_order"])
    }

    @Test func `lets a newer intent wait for the order at work, then goes on from what was filled`() throws {
        plane.tell(ApprovedIntent.fixture(1, target: 4))
        plane.tell(ApprovedIntent.fixture(2, target: 9))
        plane.tell(ApprovedIntent.fixture(3, target: -1))
        #expect(plane.states == [.submitting])
        plane.report(.filled(Fill.fixture("e1", quantity: 3)))
        plane.report(.cancelled(reason: "no more liquidity"))
        let order = try #require(plane.orders.last)
        #expect(order.state == .submitting)
        #expect(order.meta.correlationID == .intent(3))
        #expect(order.side == .sell)
        #expect(order.quantity == 4)
    }

    @Test func `cancels an order that rests when a newer intent comes, once`() {
        plane.tell(ApprovedIntent.fixture(1, target: 4))
        plane.report(.accepted)
        plane.tell(ApprovedIntent.fixture(2, target: 2))
        plane.tell(ApprovedIntent.fixture(3, target: 1))
        #expect(plane.states == [.submitting, .open, .cancelling])
        plane.report(.cancelled(reason: "asked"))
        #expect(plane.states == [.submitting, .open, .cancelling, .cancelled, .submitting])
    }

    @Test func `drops what waits when trading is paused meanwhile`() {
        plane.tell(ApprovedIntent.fixture(1, target: 4))
        plane.tell(ApprovedIntent.fixture(2, target: 2))
        plane.tell(ControlState.fixture(paused: true))
        plane.report(.cancelled(reason: "no more liquidity"))
        #expect(plane.states == [.submitting, .cancelled])
        #expect(plane.errorCodes == ["execution.not_trading"])
    }

    @Test func `books fills of orders at the venue while paused`() {
        plane.tell(ApprovedIntent.fixture(target: 1))
        plane.tell(ControlState.fixture(paused: true))
        plane.report(.filled(Fill.fixture()))
        #expect(plane.states == [.submitting, .filled])
    }
}
