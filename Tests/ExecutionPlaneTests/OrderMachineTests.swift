import Contracts
import ExecutionPlane
import TestKit
import Testing

/// Every report in every state, by the table of the exchange reference, section 6.
@Suite struct `An order's state` {
    let plane = PlaneHarness.engine()

    /// Orders of 4, brought there by reports.
    private static let ways: [OrderState: [VenueReport.Kind]] = [
        .submitting: [],
        .open: [.accepted],
        .partiallyFilled: [.accepted, .filled(Fill.fixture("e1", quantity: 2))],
        .untriggered: [.untriggered],
        .triggered: [.untriggered, .triggered],
        .filled: [.filled(Fill.fixture("e1", quantity: 4))],
        .cancelled: [.accepted, .cancelled(reason: "")],
        .rejected: [.rejected(reason: "")],
        .deactivated: [.untriggered, .deactivated(reason: "")],
    ]

    private static let reports: [(name: String, kind: VenueReport.Kind)] = [
        ("accepted", .accepted), ("untriggered", .untriggered), ("triggered", .triggered),
        ("amended", .amended(price: nil, quantity: 3)), ("filled", .filled(Fill.fixture("e9", quantity: 1))),
        ("cancelled", .cancelled(reason: "")), ("rejected", .rejected(reason: "")),
        ("deactivated", .deactivated(reason: "")),
    ]

    struct Row: Sendable {
        let state: OrderState
        /// What each report makes of it, in the order of `reports`; nil: no step.
        let next: [OrderState?]
    }

    @Test(arguments: [
        Row(
            state: .submitting,
            next: [
                .open, .untriggered, .triggered, .submitting, .partiallyFilled, .cancelled, .rejected,
                .deactivated,
            ]
        ),
        Row(
            state: .open,
            next: [nil, nil, nil, .open, .partiallyFilled, .cancelled, .rejected, .deactivated]
        ),
        Row(
            state: .partiallyFilled,
            next: [nil, nil, nil, .partiallyFilled, .partiallyFilled, .cancelled, .rejected, .deactivated]
        ),
        Row(
            state: .untriggered,
            next: [
                .open, nil, .triggered, .untriggered, .partiallyFilled, .cancelled, .rejected, .deactivated,
            ]
        ),
        Row(
            state: .triggered,
            next: [.open, nil, nil, .triggered, .partiallyFilled, .cancelled, .rejected, .deactivated]
        ),
        // An ended order never leaves its state; a late execution is booked all the same.
        Row(state: .cancelled, next: [nil, nil, nil, nil, .cancelled, nil, nil, nil]),
        Row(state: .rejected, next: [nil, nil, nil, nil, .rejected, nil, nil, nil]),
        Row(state: .deactivated, next: [nil, nil, nil, nil, .deactivated, nil, nil, nil]),
        Row(state: .filled, next: [nil, nil, nil, nil, nil, nil, nil, nil]),
    ])
    func `moves along the legal transitions alone`(row: Row) throws {
        let way = try #require(Self.ways[row.state])
        for (report, next) in zip(Self.reports, row.next) {
            let plane = PlaneHarness.engine()
            plane.approve(4)
            for step in way { plane.report(step) }
            #expect(plane.orders.last?.state == row.state)
            plane.forget()
            // The order is told of by its id, which the harness has forgotten.
            plane.tell(
                VenueReport(
                    meta: EventMeta(source: .trading),
                    venue: "test",
                    instrument: bitcoin,
                    orderID: OrderID(rawValue: "tb1-test-0001-11-0"),
                    kind: report.kind
                )
            )
            #expect(plane.states == [next].compactMap(\.self), "\(row.state) + \(report.name)")
            let isTooMuch = row.state == .filled && report.name == "filled"
            #expect(plane.errorCodes == (isTooMuch ? ["execution.overfilled"] : []))
        }
    }

    @Test func `takes an execution once, however often it is told`() {
        plane.approve(4)
        for _ in 0..<3 { plane.report(.filled(Fill.fixture("e1", quantity: 1))) }
        #expect(plane.orders.map(\.filledQuantity) == [0, 1])
    }

    @Test func `takes another quantity from the venue, and no less than what is filled`() {
        plane.approve(4)
        plane.report(.accepted)
        plane.report(.filled(Fill.fixture("e1", quantity: 2)))
        plane.report(.amended(price: nil, quantity: 1))
        plane.report(.amended(price: nil, quantity: 3))
        plane.report(.amended(price: nil, quantity: 3))
        #expect(plane.orders.map(\.quantity) == [4, 4, 4, 3])
        plane.report(.filled(Fill.fixture("e2", quantity: 1)))
        #expect(plane.states.dropFirst(4).first == .filled)
    }

    @Test func `is filled where the venue shrinks it to what is filled`() {
        plane.approve(4)
        plane.report(.filled(Fill.fixture("e1", quantity: 2)))
        plane.report(.amended(price: nil, quantity: 2))
        #expect(plane.states.prefix(3) == [.submitting, .partiallyFilled, .filled])
    }

    @Test func `ignores settlements, which are of no order`() {
        plane.fund("f1", 1)
        #expect(plane.orders.isEmpty && plane.errorCodes.isEmpty)
    }
}
