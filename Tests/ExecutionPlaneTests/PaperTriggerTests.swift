import Contracts
import ExecutionPlane
import TestKit
import Testing

@Suite struct `Paper venue, conditional orders` {
    let plane = PlaneHarness.paper()

    init() {
        plane.tell(PositionUpdate.fixture(quantity: 2))
        plane.ticker(last: 100, mark: 100, index: 100)
    }

    @Test(
        arguments: [
            // Each source is watched by itself.
            (source: OrderTrigger.Source.last, last: 95, mark: 100, index: 100),
            (source: .mark, last: 100, mark: 95, index: 100),
            (source: .index, last: 100, mark: 100, index: 95),
        ] as [(source: OrderTrigger.Source, last: Price, mark: Price, index: Price)]
    )
    func `fires when the watched price reaches the trigger`(
        source: OrderTrigger.Source,
        last: Price,
        mark: Price,
        index: Price
    ) {
        plane.ask("a", .sell, 2, reduces: true, on: .stop(95, .falls, source))
        plane.ticker(last: price("95.5"), mark: price("95.5"), index: price("95.5"))
        #expect(plane.said == ["a: untriggered"])
        plane.ticker(last: last, mark: mark, index: index)
        #expect(
            plane.said == [
                "a: untriggered", "a: triggered", "a: filled 1 at 100 taker", "a: filled 1 at 99 taker",
            ]
        )
    }

    @Test func `fires on a trade where it watches the last price`() {
        plane.ask("a", .sell, 1, reduces: true, on: .stop(95))
        plane.trade(.sell, 1, at: 95)
        #expect(plane.said.last == "a: filled 1 at 100 taker")
    }

    @Test func `watches the last price where no mark is ever told`() {
        let plane = PlaneHarness.paper()
        plane.tell(PositionUpdate.fixture(quantity: 2))
        plane.ask("a", .sell, 1, reduces: true, on: .stop(95, .falls, .mark))
        plane.trade(.sell, 1, at: 95)
        #expect(plane.said.last == "a: filled 1 at 100 taker")
    }

    @Test func `fires at once where the price is beyond already`() {
        plane.ask("a", .sell, 1, reduces: true, on: .stop(101))
        #expect(plane.said == ["a: untriggered", "a: triggered", "a: filled 1 at 100 taker"])
    }

    @Test func `makes a limit order of a conditional one with a limit`() {
        plane.ask("a", .sell, 2, at: 101, reduces: true, on: .stop(95))
        plane.trade(.sell, 1, at: 95)
        #expect(plane.said == ["a: untriggered", "a: triggered", "a: accepted"])
        plane.trade(.buy, 1, at: 102)
        #expect(plane.said.last == "a: filled 2 at 101 maker")
    }

    @Test func `opens a position by a conditional order too`() {
        plane.ask("a", .buy, 1, on: .stop(105, .rises))
        plane.trade(.buy, 1, at: 105)
        #expect(plane.said == ["a: untriggered", "a: triggered", "a: filled 1 at 101 taker"])
    }

    @Test(arguments: [
        (fallsTo: Price(94), fired: "stop", other: "profit"), (fallsTo: 111, fired: "profit", other: "stop"),
    ])
    func `lets one cancel the other`(fallsTo: Price, fired: String, other: String) {
        plane.ask("stop", .sell, 2, reduces: true, on: .stop(95))
        plane.ask("profit", .sell, 2, reduces: true, on: .profit(110))
        plane.trade(.sell, 1, at: fallsTo)
        #expect(
            plane.said.suffix(4) == [
                "\(fired): triggered", "\(other): deactivated", "\(fired): filled 1 at 100 taker",
                "\(fired): filled 1 at 99 taker",
            ]
        )
    }

    @Test func `ends what guards a position that is gone`() {
        plane.ask("stop", .sell, 2, reduces: true, on: .stop(95))
        plane.ask("profit", .sell, 2, reduces: true, on: .profit(110))
        plane.ask("out", .sell, 2)
        #expect(plane.said.suffix(2) == ["stop: deactivated", "profit: deactivated"])
    }

    @Test func `ends what guards a position that has turned round`() {
        plane.ask("stop", .sell, 2, reduces: true, on: .stop(95))
        plane.ask("turn", .sell, 3)
        #expect(plane.said.suffix(2) == ["turn: filled 2 at 99 taker", "stop: deactivated"])
    }

    @Test func `fills no more of a stop than the position that is left`() {
        plane.ask("stop", .sell, 2, reduces: true, on: .stop(95))
        plane.ask("out", .sell, 1)
        plane.trade(.sell, 1, at: 95)
        #expect(plane.said.suffix(3) == ["stop: triggered", "stop: filled 1 at 99 taker", "stop: cancelled"])
    }

    @Test func `moves a trigger, and fires it where that is beyond the price`() {
        plane.ask("a", .sell, 2, reduces: true, on: .stop(95))
        plane.ask("a", .sell, 1, reduces: true, on: .stop(97), step: .amending)
        plane.trade(.sell, 1, at: 97)
        #expect(
            plane.said == [
                "a: untriggered", "a: amended 1 at 97", "a: triggered", "a: filled 1 at 100 taker",
            ]
        )
    }

    @Test func `deactivates one that is cancelled before its trigger`() {
        plane.ask("a", .sell, 2, reduces: true, on: .stop(95))
        plane.askEnd("a")
        #expect(plane.said == ["a: untriggered", "a: deactivated"])
    }

    @Test func `keeps a fired order for the next usable book`() {
        plane.ask("a", .sell, 1, reduces: true, on: .stop(95))
        plane.book(asks: [(99, 1)])  // crossed
        plane.trade(.sell, 1, at: 95)
        #expect(plane.said == ["a: untriggered", "a: triggered"])
        plane.book(asks: [(99, 0)])
        #expect(plane.said.last == "a: filled 1 at 100 taker")
    }

    @Test(arguments: [
        (trigger: OrderTrigger.stop(price("95.3")), side: Side.sell, why: "off the tick"),
        (trigger: .stop(0), side: .sell, why: "missing"),
        (trigger: .stop(105, .rises), side: .buy, why: "would not reduce"),
    ])
    func `refuses a trigger that the exchange would`(trigger: OrderTrigger, side: Side, why: String) {
        plane.ask("a", side, 1, reduces: true, on: trigger)
        guard case .rejected(let reason)? = plane.reports.last else {
            Issue.record("not refused: \(plane.said)")
            return
        }
        #expect(reason.contains(why))
    }

    @Test func `takes a stop on data that is not fresh`() {
        plane.tell(FeedHealth.fixture(.stale))
        plane.ask("a", .sell, 1, reduces: true, on: .stop(95))
        #expect(plane.said == ["a: untriggered"])
    }
}
