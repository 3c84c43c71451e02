import Contracts
import EventKernel
import ExecutionPlane
import TestKit
import Testing

@Suite struct `Paper venue` {
    let plane = PlaneHarness { kernel in
        _ = PaperVenue(settings: PaperVenueSettings(takerFee: Ratio(units: 1, scale: 3)), kernel: kernel)
    }

    init() {
        plane.tell(InstrumentSpec.fixture())
        plane.tell(FeedHealth.fixture())
        plane.tell(OrderBookDelta.fixture())
    }

    private var fills: [Fill] {
        plane.reports.compactMap { if case .filled(let fill) = $0 { fill } else { nil } }
    }
    private var reasons: [String] {
        plane.reports.compactMap { if case .rejected(let reason) = $0 { reason } else { nil } }
    }

    @Test func `fills level by level, with a fee on each part`() {
        plane.tell(OrderEvent.fixture(quantity: Quantity(units: 25, scale: 1)))
        #expect(plane.reports.first == .accepted)
        #expect(fills.map(\.price) == [101, 102])
        #expect(fills.map(\.quantity) == [1, Quantity(units: 15, scale: 1)])
        #expect(fills.map(\.fee) == [Money("0.101"), Money("0.153")])
        #expect(Set(fills.map(\.executionID)).count == 2)
        #expect(plane.reports.count == 3)
    }

    @Test func `sells into the bids, best first`() {
        plane.tell(OrderEvent.fixture(.submitting, .sell, quantity: 2, limit: 90))
        #expect(fills.map(\.price) == [100, 99])
    }

    @Test func `cancels what the limit leaves unfilled`() {
        plane.tell(OrderEvent.fixture(quantity: 5, limit: 102))
        #expect(fills.map(\.quantity) == [1, 2])
        #expect(plane.reports.last == .cancelled(reason: "no more liquidity inside the limit"))
    }

    @Test func `gives the same quantity to one order only, until the exchange speaks of the level again`() {
        plane.tell(OrderEvent.fixture(quantity: 1, limit: 101))
        plane.tell(OrderEvent.fixture(quantity: 1, limit: 101))
        #expect(fills.count == 1)
        plane.tell(OrderBookDelta.fixture(bids: [], asks: [(101, 3)], isSnapshot: false))
        plane.tell(OrderEvent.fixture(quantity: 2, limit: 101))
        #expect(fills.map(\.quantity) == [1, 2])
    }

    @Test func `fills all or nothing where that was asked`() {
        plane.tell(OrderEvent.fixture(quantity: 5, limit: 102, timeInForce: .fillOrKill))
        #expect(plane.reports == [.accepted, .cancelled(reason: "not all of it could be filled")])
    }

    @Test func `fills a market order without a limit`() {
        plane.tell(OrderEvent.fixture(quantity: 4, limit: nil, type: .market))
        #expect(fills.map(\.price) == [101, 102, 103])
    }

    @Test(arguments: [
        (order: OrderEvent.fixture(quantity: Quantity(units: 105, scale: 2)), why: "off the step"),
        (order: .fixture(quantity: Quantity(units: 1, scale: 1)), why: "below"),
        (order: .fixture(limit: Price(units: 1013, scale: 1)), why: "off the tick"),
        (order: .fixture(limit: nil), why: "limit price missing"),
        (order: .fixture(limit: nil, type: .market, timeInForce: .postOnly), why: "cannot be post-only"),
        (order: .fixture(isReduceOnly: true), why: "would not reduce"),
        (order: .fixture(of: ether), why: "instrument unknown"),
        (order: .fixture(quantity: Quantity(units: 2, scale: 1), limit: 10), why: "least 5"),
    ])
    func `refuses what the exchange would`(order: OrderEvent, why: String) {
        plane.tell(order)
        #expect(reasons.count == 1 && plane.reports.count == 1)
        #expect(reasons.first?.contains(why) == true)
    }

    @Test(arguments: [FeedHealth.State.stale, .resyncing])
    func `fills nothing on data that is not fresh`(state: FeedHealth.State) {
        plane.tell(FeedHealth.fixture(state))
        plane.tell(OrderEvent.fixture())
        #expect(reasons.first?.contains("not fresh") == true)
    }

    @Test func `fills nothing on a crossed book`() {
        plane.tell(OrderBookDelta.fixture(bids: [(105, 1)], asks: [(101, 1)]))
        plane.tell(OrderEvent.fixture())
        #expect(reasons == ["no usable order book"])
    }

    @Test func `fills nothing on an instrument that is not trading`() {
        plane.tell(InstrumentSpec.fixture(status: .delivering))
        plane.tell(OrderEvent.fixture())
        #expect(reasons.first?.contains("not trading") == true)
    }

    @Test func `closes a restored position by a reduce-only order, and no further`() {
        plane.tell(PositionUpdate.fixture(quantity: 2))
        plane.tell(OrderEvent.fixture(.submitting, .sell, quantity: 3, limit: 90, isReduceOnly: true))
        #expect(fills.map(\.quantity) == [1, 1])
        plane.tell(OrderEvent.fixture(.submitting, .sell, quantity: 1, limit: 90, isReduceOnly: true))
        #expect(reasons.count == 1)
    }

    @Test func `hears only requests`() {
        for state in [.open, .partiallyFilled, .filled, .cancelled, .rejected, .unknown] as [OrderState] {
            plane.tell(OrderEvent.fixture(state))
        }
        #expect(plane.reports.isEmpty)
    }
}
