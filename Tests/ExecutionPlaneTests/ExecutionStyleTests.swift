import Contracts
import ExecutionPlane
import TestKit
import Testing

@Suite struct `Execution, marketable` {
    @Test func `goes on with another order where one may carry no more`() {
        let plane = PlaneHarness.engine()
        plane.tell(InstrumentSpec.fixture(quantityMax: 2))
        plane.approve(5)
        for id in ["e1", "e2", "e3"] {
            plane.report(.filled(Fill.fixture(id, quantity: id == "e3" ? 1 : 2)))
        }
        #expect(plane.orders.filter { $0.state == .submitting }.map(\.quantity) == [2, 2, 1])
        #expect(
            plane.orders.filter { $0.state == .submitting }.map(\.orderID.rawValue.last) == ["0", "1", "2"]
        )
    }

    @Test func `asks no further for what the limit has left`() {
        let plane = PlaneHarness.engine()
        plane.approve(3)
        plane.report(.filled(Fill.fixture("e1", quantity: 1)))
        plane.report(.cancelled(reason: "no more liquidity"))
        #expect(plane.states == [.submitting, .partiallyFilled, .cancelled])
    }

    @Test func `ends what waits at the venue when its intent expires`() {
        let plane = PlaneHarness.engine()
        plane.approve(3, expiresIn: 5_000)
        plane.report(.accepted)
        plane.advance(milliseconds: 4_999)
        #expect(plane.states == [.submitting, .open])
        plane.advance(milliseconds: 1)
        #expect(plane.states == [.submitting, .open, .cancelling])
        plane.report(.cancelled(reason: "asked"))
        #expect(plane.states.last == .cancelled)
    }

    @Test func `gives up what would enter once the journal's disk takes nothing`() {
        let plane = PlaneHarness.engine()
        plane.approve(3)
        plane.report(.accepted)
        let full = JournalCondition(
            meta: EventMeta(source: .storage),
            kind: .full,
            allowsTrading: false,
            why: "the journal's disk is full"
        )
        plane.tell(full)
        #expect(plane.states == [.submitting, .open, .cancelling])
        plane.report(.filled(Fill.fixture("e1", quantity: 3)))
        // What closes the position goes on.
        plane.approve(0, intent: 2)
        plane.tell(full)
        #expect(plane.orders.filter { $0.state == .submitting }.count == 2)
        #expect(plane.states.last == .submitting)
    }

    @Test func `closes the opposite leg of hedge mode first, then opens the other`() {
        let plane = PlaneHarness.loop(.fixture(.hedge))
        plane.approve(2, intent: 1)
        plane.tell(OrderBookDelta.fixture())
        plane.approve(-1, intent: 2)
        #expect(
            plane.done.filter { $0.contains("submitting") } == [
                "0 submitting buy 2 at 105 of long", "0 submitting sell 2 at 95 of long reducing",
                "1 submitting sell 1 at 95 of short",
            ]
        )
        #expect(plane.errorCodes.isEmpty)
    }
}

@Suite struct `Execution, passive` {
    let plane = PlaneHarness.engine()

    init() {
        plane.ticker(bid: 100, ask: 101)
    }

    private func rest(_ target: Quantity = 2, waiting milliseconds: Int64 = 10_000, expiresIn: Int64 = 60_000)
    {
        plane.approve(target, style: .passive(waitMilliseconds: milliseconds), expiresIn: expiresIn)
        plane.report(.accepted)
    }

    @Test(
        arguments: [
            (target: 2, said: "0 submitting buy 2 at 100 resting"),
            (target: -2, said: "0 submitting sell 2 at 101 resting"),
        ] as [(target: Quantity, said: String)]
    )
    func `rests at the own side of the touch`(target: Quantity, said: String) {
        rest(target)
        #expect(plane.done.first == said)
    }

    @Test func `takes the touch from the book where one is told`() {
        plane.book(bids: [(98, 1)], asks: [(103, 1)], isSnapshot: true)
        rest()
        #expect(plane.done.first == "0 submitting buy 2 at 98 resting")
    }

    @Test
    func `rests at the price of the decision where nobody knows the touch, and never beyond the worst price`()
    {
        let plane = PlaneHarness.engine()
        plane.approve(2, style: .passive(waitMilliseconds: 10_000))
        #expect(plane.done == ["0 submitting buy 2 at 100 resting"])
        plane.report(.cancelled(reason: ""))
        plane.time += 1_000
        plane.ticker(bid: 120, ask: 121)
        #expect(plane.done.last == "1 submitting buy 2 at 105 resting")
    }

    @Test func `follows a touch that moves away, not one that comes, and not too often`() {
        rest()
        plane.time += 500
        plane.ticker(bid: 99)
        #expect(plane.states == [.submitting, .open])
        plane.ticker(bid: 102)
        #expect(plane.done.last == "0 amending buy 2 at 102 resting")
        plane.report(.amended(price: 102, quantity: 2))
        plane.ticker(bid: 103)
        #expect(plane.states == [.submitting, .open, .amending, .open])
        plane.time += 500
        plane.ticker(bid: 103)
        #expect(plane.done.last == "0 amending buy 2 at 103 resting")
    }

    @Test func `asks for one amendment at a time`() {
        rest()
        plane.time += 500
        plane.ticker(bid: 102)
        plane.time += 500
        plane.ticker(bid: 103)
        #expect(plane.states == [.submitting, .open, .amending])
    }

    @Test func `crosses with the rest after its wait`() {
        rest()
        plane.report(.filled(Fill.fixture("e1", quantity: quantity("0.5"))))
        plane.advance(milliseconds: 10_000)
        #expect(plane.states == [.submitting, .open, .partiallyFilled, .cancelling])
        plane.report(.cancelled(reason: "asked"))
        #expect(plane.done.last == "1 submitting buy 1.5 at 105")
        plane.report(.filled(Fill.fixture("e2", quantity: quantity("1.5"))))
        plane.advance(milliseconds: 100_000)
        #expect(plane.states.last == .filled)
    }

    @Test func `crosses before its intent expires`() {
        rest(waiting: 10_000, expiresIn: 3_000)
        plane.advance(milliseconds: 2_000)
        plane.report(.cancelled(reason: "asked"))
        #expect(plane.done.last == "1 submitting buy 2 at 105")
    }

    @Test func `crosses at once where there is no time to rest`() {
        plane.approve(2, style: .passive(waitMilliseconds: 10_000), expiresIn: 900)
        #expect(plane.done == ["0 submitting buy 2 at 105"])
    }

    @Test func `is placed anew at the next touch where it would have crossed`() {
        rest()
        plane.report(.cancelled(reason: "a post-only order would take liquidity"))
        #expect(plane.states == [.submitting, .open, .cancelled])
        plane.ticker(bid: 99)
        #expect(plane.states.count == 3)
        plane.time += 500
        plane.ticker(bid: 99)
        #expect(plane.done.last == "1 submitting buy 2 at 99 resting")
    }

    @Test func `makes room for a newer intent`() {
        rest()
        plane.approve(5, intent: 34)
        #expect(plane.states == [.submitting, .open, .cancelling])
        plane.report(.filled(Fill.fixture("e1", quantity: 1)))
        plane.report(.cancelled(reason: "asked"))
        #expect(plane.done.last == "0 submitting buy 4 at 105")
    }

    @Test func `is cancelled as soon as the venue has it where a newer intent came before`() {
        plane.approve(2, style: .passive(waitMilliseconds: 10_000))
        plane.approve(1, intent: 34)
        #expect(plane.states == [.submitting])
        plane.report(.accepted)
        #expect(plane.states == [.submitting, .open, .cancelling])
    }

    @Test func `stands still while paused, and goes on after it`() {
        rest()
        plane.pause()
        plane.time += 500
        plane.ticker(bid: 102)
        plane.advance(milliseconds: 20_000)
        plane.report(.filled(Fill.fixture("e1", quantity: 1)))
        #expect(plane.states == [.submitting, .open, .partiallyFilled])
        plane.resume()
        #expect(plane.states.last == .cancelling)
        plane.report(.cancelled(reason: "asked"))
        #expect(plane.done.last == "1 submitting buy 1 at 105")
    }

    @Test func `is cancelled after a pause that its intent has not outlived`() {
        rest()
        plane.pause()
        plane.advance(milliseconds: 60_000)
        #expect(plane.states == [.submitting, .open])
        plane.resume()
        plane.report(.cancelled(reason: "asked"))
        #expect(plane.states == [.submitting, .open, .cancelling, .cancelled])
    }
}

@Suite struct `Execution, in slices` {
    let plane = PlaneHarness.engine()

    private func slice(_ target: Quantity, _ count: Int, expiresIn: Int64 = 60_000) {
        plane.approve(
            target,
            style: .twap(slices: count, intervalMilliseconds: 1_000),
            expiresIn: expiresIn
        )
    }

    private func fillNewest() {
        guard let order = plane.orders.last(where: { $0.state == .submitting }) else { return }
        plane.report(.filled(Fill.fixture("e\(plane.events.count)", quantity: order.quantity)))
    }

    private var sizes: [Quantity] { plane.orders.filter { $0.state == .submitting }.map(\.quantity) }

    @Test(arguments: [
        // Equal parts on the step of 0.1, the last takes the rest; no part below the least quantity of 0.2.
        (target: "1", count: 3, parts: ["0.3", "0.3", "0.4"]),
        (target: "-1", count: 3, parts: ["0.3", "0.3", "0.4"]),
        (target: "0.6", count: 5, parts: ["0.2", "0.2", "0.2"]),
        (target: "0.3", count: 4, parts: ["0.3"]),
        (target: "2", count: 1, parts: ["2"]),
    ])
    func `places equal parts, one each interval`(target: String, count: Int, parts: [String]) {
        slice(quantity(target), count)
        for _ in 0..<10 {
            fillNewest()
            plane.advance(milliseconds: 999)
            let before = sizes.count
            #expect(before <= parts.count)
            plane.advance(milliseconds: 1)
        }
        #expect(sizes == parts.map(quantity))
        #expect(plane.orders.last?.state == .filled)
    }

    @Test func `takes with the last slice what the others have left`() {
        slice(3, 3)
        plane.report(.cancelled(reason: "no more liquidity"))
        plane.advance(milliseconds: 1_000)
        fillNewest()
        plane.advance(milliseconds: 1_000)
        #expect(sizes == [1, 1, 2])
    }

    @Test func `begins no slice before the one before it has ended`() {
        slice(2, 2)
        plane.report(.accepted)
        plane.advance(milliseconds: 5_000)
        #expect(sizes == [1])
        fillNewest()
        #expect(sizes == [1, 1])
    }

    @Test func `fires every slice of a time that was jumped over`() {
        let plane = PlaneHarness.loop()
        plane.approve(3, style: .twap(slices: 3, intervalMilliseconds: 1_000))
        plane.advance(milliseconds: 60_000)
        let slices = plane.orders.filter { $0.state == .submitting }
        #expect(slices.map(\.quantity) == [1, 1, 1])
        #expect(slices.map(\.meta.ts).map { $0 - 1_700_000_000_000 } == [0, 1_000, 2_000])
    }

    @Test func `stops for a newer intent, between two slices too`() {
        slice(3, 3)
        fillNewest()
        plane.approve(-1, intent: 34)
        #expect(plane.done.last == "0 submitting sell 2 at 95")
        plane.report(.filled(Fill.fixture("e9", quantity: 2)))
        plane.advance(milliseconds: 10_000)
        #expect(sizes == [1, 2])
    }

    @Test func `stops when its intent expires`() {
        slice(3, 3, expiresIn: 1_500)
        fillNewest()
        plane.advance(milliseconds: 1_000)
        fillNewest()
        plane.advance(milliseconds: 10_000)
        #expect(sizes == [1, 1])
    }

    @Test func `stands still while paused, and goes on after it with what is left`() {
        slice(3, 3)
        fillNewest()
        plane.pause()
        plane.advance(milliseconds: 5_000)
        #expect(sizes == [1])
        plane.resume()
        #expect(sizes == [1, 1])
        fillNewest()
        plane.advance(milliseconds: 1_000)
        #expect(sizes == [1, 1, 1])
    }

    @Test func `does not go on after a pause that its intent has not outlived`() {
        slice(3, 3, expiresIn: 3_000)
        fillNewest()
        plane.pause()
        plane.advance(milliseconds: 5_000)
        plane.resume()
        plane.advance(milliseconds: 5_000)
        #expect(sizes == [1])
    }
}
