import Contracts
import ExecutionPlane
import TestKit
import Testing

/// A slippage of 1 %.
@Suite struct `Paper venue on candles` {
    let plane = PlaneHarness.paper(.fixture(.candles(slippage: ratio("0.01"))), hasBook: false)

    @Test func `fills what comes after a close at the next open, with slippage, exactly`() {
        plane.close(100, 101, 99, 100)
        plane.ask("a", .buy, 1)
        plane.ask("b", .sell, 2)
        #expect(plane.said == ["a: accepted", "b: accepted"])
        plane.open(price("100.5"))
        #expect(plane.said.suffix(2) == ["a: filled 1 at 101.505 taker", "b: filled 2 at 99.495 taker"])
    }

    @Test func `fills what comes while a bar is open at that open, at once`() {
        plane.open(100)
        plane.ask("a", .buy, 1)
        #expect(plane.said == ["a: accepted", "a: filled 1 at 101 taker"])
    }

    @Test func `waits for the first bar of all`() {
        plane.ask("a", .buy, 1)
        #expect(plane.said == ["a: accepted"])
        plane.open(100)
        #expect(plane.said.last == "a: filled 1 at 101 taker")
    }

    @Test func `cancels at the open what its limit keeps from trading there`() {
        plane.close(100, 101, 99, 100)
        plane.ask("a", .buy, 1, at: price("100.5"), .immediateOrCancel)
        plane.open(100)
        #expect(plane.said == ["a: accepted", "a: cancelled"])
    }

    @Test func `ends an order that waits for the open when that is asked`() {
        plane.ask("a", .buy, 1)
        plane.askEnd("a")
        plane.open(100)
        #expect(plane.said == ["a: accepted", "a: cancelled"])
    }

    @Test(
        arguments: [
            // At the open where that is beyond the limit, else at the limit, else not at all.
            (open: 94, low: 93, said: ["a: filled 1 at 94 maker"]),
            (open: 100, low: 95, said: ["a: filled 1 at 95 maker"]),
            (open: 100, low: price("95.5"), said: []),
        ] as [(open: Price, low: Price, said: [String])]
    )
    func `fills a limit order that rests`(open: Price, low: Price, said: [String]) {
        plane.close(100, 101, 99, 100)
        plane.ask("a", .buy, 1, at: 95)
        plane.open(open)
        plane.close(open, 101, low, 100)
        #expect(plane.said == ["a: accepted"] + said)
    }

    @Test
    func
        `lets a limit order that reaches the market take at the next open, and rests with it where slippage forbids`()
    {
        plane.close(100, 101, 99, 100)
        plane.ask("a", .buy, 1, at: 102)
        plane.ask("b", .buy, 1, at: price("100.5"))
        plane.open(100)
        #expect(plane.said == ["a: accepted", "b: accepted", "a: filled 1 at 101 taker"])
        plane.close(100, 101, 100, 101)
        #expect(plane.said.last == "b: filled 1 at 100.5 maker")
    }

    @Test func `cancels a post-only order beyond the market, and keeps one at it`() {
        plane.close(100, 101, 99, 100)
        plane.ask("a", .buy, 1, at: price("100.5"), .postOnly)
        plane.ask("b", .buy, 1, at: 100, .postOnly)
        #expect(plane.said == ["a: accepted", "a: cancelled", "b: accepted"])
    }

    struct Bar: Sendable {
        let open: Price
        let high: Price
        let low: Price
        let said: [String]
    }

    @Test(arguments: [
        // Neither is reached.
        Bar(open: 100, high: 109, low: 96, said: []),
        Bar(
            open: 100,
            high: 109,
            low: 95,
            said: ["stop: triggered", "profit: deactivated", "stop: filled 2 at 94.05 taker"]
        ),
        Bar(
            open: 100,
            high: 110,
            low: 96,
            said: ["profit: triggered", "stop: deactivated", "profit: filled 2 at 108.9 taker"]
        ),
        // Both within one bar: the worse is taken for the first.
        Bar(
            open: 100,
            high: 120,
            low: 90,
            said: ["stop: triggered", "profit: deactivated", "stop: filled 2 at 94.05 taker"]
        ),
        // A gap over the trigger: at the open.
        Bar(
            open: 90,
            high: 120,
            low: 80,
            said: ["stop: triggered", "profit: deactivated", "stop: filled 2 at 89.1 taker"]
        ),
        Bar(
            open: 120,
            high: 130,
            low: 80,
            said: ["profit: triggered", "stop: deactivated", "profit: filled 2 at 118.8 taker"]
        ),
    ])
    func `fires stops before take profits`(bar: Bar) {
        plane.tell(PositionUpdate.fixture(quantity: 2))
        plane.close(100, 101, 99, 100)
        plane.ask("profit", .sell, 2, reduces: true, on: .profit(110))
        plane.ask("stop", .sell, 2, reduces: true, on: .stop(95))
        plane.open(bar.open)
        plane.close(bar.open, bar.high, bar.low, 100)
        #expect(plane.said.dropFirst(2) == bar.said[...])
    }

    @Test func `fills limits between stops and take profits`() {
        plane.tell(PositionUpdate.fixture(quantity: 2))
        plane.open(100)
        plane.ask("profit", .sell, 2, reduces: true, on: .profit(110))
        plane.ask("more", .buy, 1, at: 97)
        plane.ask("entry", .buy, 1, on: .stop(105, .rises))
        plane.close(100, 112, 96, 100)
        let order = plane.said.filter { $0.contains("filled") }.map { $0.prefix { $0 != ":" } }
        #expect(order == ["entry", "more", "profit"])
    }

    @Test func `fires the stop that is nearest to the open first`() {
        plane.tell(PositionUpdate.fixture(quantity: 2))
        plane.open(100)
        plane.ask("far", .sell, 1, reduces: true, on: .stop(90))
        plane.ask("near", .sell, 2, reduces: true, on: .stop(95))
        plane.close(100, 101, 80, 85)
        #expect(
            plane.said.suffix(3) == ["near: triggered", "near: filled 2 at 94.05 taker", "far: deactivated"]
        )
    }

    @Test func `follows the shortest candles, and none that are fetched afterwards`() {
        plane.close(100, 101, 99, 100)
        plane.ask("a", .buy, 1)
        let kline = KlineEvent(
            meta: EventMeta(source: .market),
            instrument: bitcoin,
            minutes: 5,
            start: plane.time,
            end: plane.time + 300_000,
            open: 100,
            high: 100,
            low: 100,
            close: 100,
            volume: 1,
            turnover: 1,
            isConfirmed: false
        )
        plane.tell(kline)
        #expect(plane.said == ["a: accepted"])
    }
}

/// A slippage of 1 %.
@Suite struct `Paper venue on trades` {
    let plane = PlaneHarness.paper(.fixture(.trades(slippage: ratio("0.01"))), hasBook: false)

    @Test func `fills at the last trade's price, with slippage`() {
        plane.trade(.buy, 1, at: price("100.5"))
        plane.ask("a", .buy, 7)
        plane.ask("b", .sell, 7, at: 99, .immediateOrCancel)
        #expect(
            plane.said == [
                "a: accepted", "a: filled 7 at 101.505 taker", "b: accepted", "b: filled 7 at 99.495 taker",
            ]
        )
    }

    @Test func `cancels what finds no trade yet, or none inside its limit`() {
        plane.ask("a", .buy, 1)
        plane.trade(.buy, 1, at: 100)
        plane.ask("b", .buy, 1, at: price("100.5"), .immediateOrCancel)
        plane.ask("c", .buy, 1, at: price("100.5"), .fillOrKill)
        #expect(
            plane.said == [
                "a: accepted", "a: cancelled", "b: accepted", "b: cancelled", "c: accepted", "c: cancelled",
            ]
        )
    }

    @Test func `fills what rests by the quantity traded at its price, and in full by a trade through it`() {
        plane.trade(.buy, 1, at: 100)
        plane.ask("a", .buy, 3, at: 99)
        plane.trade(.sell, 1, at: price("99.5"))
        plane.trade(.sell, 1, at: 99)
        plane.trade(.buy, quantity("0.5"), at: 99)
        plane.trade(.sell, quantity("0.1"), at: price("98.5"))
        #expect(
            plane.said == [
                "a: accepted", "a: filled 1 at 99 maker", "a: filled 0.5 at 99 maker",
                "a: filled 1.5 at 99 maker",
            ]
        )
    }

    @Test func `fires a stop on a trade and fills it at that trade's price`() {
        plane.trade(.buy, 1, at: 100)
        plane.ask("a", .buy, 2)
        plane.ask("stop", .sell, 2, reduces: true, on: .stop(95))
        plane.trade(.sell, 1, at: 90)
        #expect(plane.said.suffix(2).map { $0.prefix(17) } == ["stop: triggered", "stop: filled 2 at"])
        guard case .filled(let fill)? = plane.reports.last else { return }
        #expect(fill.price == price("89.1"))
    }

    @Test func `takes no part in the book`() {
        plane.tell(OrderBookDelta.fixture())
        plane.trade(.buy, 1, at: 150)
        plane.ask("a", .buy, 1)
        guard case .filled(let fill)? = plane.reports.last else { return }
        #expect(fill.price == price("151.5"))
    }
}
