import Contracts
import ExecutionPlane
import TestKit
import Testing

/// Bids 1 at 100, 2 at 99, 5 at 98; asks 1 at 101, 2 at 102, 5 at 103.
///
/// Each figure is worked out beside its step.
@Suite struct `Paper venue, the queue` {
    let plane = PlaneHarness.paper()
    private var start: UnixMilliseconds { 1_700_000_000_000 }

    private var fills: [String] { plane.said.filter { $0.contains("filled") } }

    @Test func `fills an order at its price after all that stood before it`() {
        plane.ask("a", .buy, 2, at: 99)  // 2 ahead
        plane.trade(.sell, quantity("1.5"), at: 99)  // 0.5 ahead
        #expect(fills.isEmpty)
        plane.trade(.sell, 1, at: 99)  // 0.5 goes to those ahead, 0.5 comes through
        plane.trade(.sell, 9, at: 99)  // the rest
        #expect(fills == ["a: filled 0.5 at 99 maker", "a: filled 1.5 at 99 maker"])
    }

    @Test func `is first where nobody stands at its price`() {
        plane.ask("a", .buy, 2, at: price("100.5"))
        plane.trade(.sell, 1, at: price("100.5"))
        #expect(fills == ["a: filled 1 at 100.5 maker"])
    }

    @Test func `counts cancellations behind the order for as long as they fit there`() {
        plane.ask("a", .buy, 2, at: 98)  // 5 ahead
        plane.book(bids: [(98, 8)])  // 3 more behind
        plane.book(bids: [(98, 6)])  // two of them gone
        plane.trade(.sell, 5, at: 98)  // exactly those ahead
        #expect(fills.isEmpty)
        plane.trade(.sell, 1, at: 98)
        #expect(fills == ["a: filled 1 at 98 maker"])
    }

    @Test func `moves up where the level shows less than was ahead`() {
        plane.ask("a", .buy, 2, at: 98)  // 5 ahead
        plane.book(bids: [(98, 1)], time: start + 10)  // 1 ahead at most
        // Newer than the level: 0.5 comes through.
        plane.trade(.sell, quantity("1.5"), at: 98, time: start + 20)
        #expect(fills == ["a: filled 0.5 at 98 maker"])
    }

    @Test func `does not count a trade again that the level had already told`() {
        plane.ask("a", .buy, 2, at: 98)  // 5 ahead
        plane.book(bids: [(98, 2)], time: start + 10)  // 3 fewer: 2 ahead
        plane.trade(.sell, 3, at: 98, time: start + 9)  // the cause of those 3
        plane.trade(.sell, 2, at: 98, time: start + 10)  // no cause is left to explain: 0 ahead
        #expect(fills.isEmpty)
        plane.trade(.sell, 1, at: 98, time: start + 11)
        #expect(fills == ["a: filled 1 at 98 maker"])
    }

    @Test func `does not move for a level that tells what a trade has told`() {
        plane.ask("a", .buy, 2, at: 98)  // 5 ahead
        plane.trade(.sell, 3, at: 98, time: start + 9)  // 2 ahead
        plane.book(bids: [(98, 2)], time: start + 10)  // the same
        plane.trade(.sell, 2, at: 98, time: start + 11)  // 0 ahead
        #expect(fills.isEmpty)
    }

    @Test func `stands first once the level is gone`() {
        plane.ask("a", .buy, 2, at: 98)
        plane.book(bids: [(98, 0)], time: start + 10)
        plane.trade(.sell, 1, at: 98, time: start + 11)
        #expect(fills == ["a: filled 1 at 98 maker"])
    }

    @Test func `shares one trade between own orders, the elder first`() {
        plane.ask("a", .buy, 1, at: 99)  // 2 ahead
        plane.ask("b", .buy, 2, at: 99)  // 2 ahead as well: own orders are not on the public book
        plane.trade(.sell, 4, at: 99)  // 2 to those ahead, 1 to a, 1 to b
        #expect(fills == ["a: filled 1 at 99 maker", "b: filled 1 at 99 maker"])
    }

    @Test(
        arguments: [(side: Side.buy, price: 99), (side: .buy, price: 100), (side: .sell, price: 100)]
            as [(
                side: Side, price: Price
            )]
    )
    func `is not reached by a trade on the other side or at a better price`(side: Side, price: Price) {
        plane.ask("a", .buy, 1, at: 99)
        plane.trade(side, 9, at: price)
        #expect(fills.isEmpty)
    }

    @Test func `is filled in full by a trade through its price`() {
        plane.ask("a", .buy, 3, at: 99)
        plane.trade(.sell, quantity("0.1"), at: price("98.5"))
        #expect(fills == ["a: filled 3 at 99 maker"])
    }

    @Test
    func
        `is filled in full by a touch that has crossed it, and by what stands there where the touch is at it`()
    {
        plane.ask("a", .buy, 3, at: 99)
        plane.book(bids: [(100, 0), (99, 0)], asks: [(99, 1)])
        #expect(fills == ["a: filled 1 at 99 maker"])
        plane.book(asks: [(price("98.5"), quantity("0.2"))])
        #expect(fills == ["a: filled 1 at 99 maker", "a: filled 2 at 99 maker"])
    }

    @Test func `is reached by no block trade and by none that is fetched afterwards`() {
        plane.ask("a", .buy, 1, at: 99)
        plane.trade(.sell, 9, at: 98, isBlock: true)
        plane.trade(.sell, 9, at: 98, isBackfill: true)
        #expect(fills.isEmpty)
    }

    @Test func `loses its place to another price or more quantity, and keeps it for less`() {
        plane.ask("a", .buy, 2, at: 99)  // 2 ahead
        plane.trade(.sell, 2, at: 99)  // 0 ahead
        plane.ask("a", .buy, 1, at: 99, step: .amending)
        plane.trade(.sell, quantity("0.5"), at: 99)
        #expect(fills == ["a: filled 0.5 at 99 maker"])
        plane.ask("a", .buy, 2, at: 99, step: .amending)  // 2 ahead again
        plane.trade(.sell, 2, at: 99)
        #expect(fills.count == 1)
    }

    @Test func `waits where its price lies beyond the book that is told`() {
        let plane = PlaneHarness.paper(hasBook: false)
        plane.tell(
            OrderBookDelta(
                meta: EventMeta(source: .market),
                instrument: bitcoin,
                exchangeTime: 0,
                depth: 1,
                isSnapshot: true,
                updateID: 1,
                levels: [BookLevel(price: 100, size: 1), BookLevel(price: 101, size: 1)],
                bidCount: 1
            )
        )
        plane.ask("a", .buy, 1, at: 95)  // nobody knows how much is ahead
        plane.trade(.sell, 1_000, at: 95)
        #expect(plane.said == ["a: accepted"])
        plane.trade(.sell, 1, at: price("94.5"))
        #expect(plane.said.last == "a: filled 1 at 95 maker")
    }
}
