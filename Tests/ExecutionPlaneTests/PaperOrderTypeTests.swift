import Contracts
import ExecutionPlane
import TestKit
import Testing

/// Bids 1 at 100, 2 at 99, 5 at 98; asks 1 at 101, 2 at 102, 5 at 103.
@Suite struct `Paper venue, order by order on a book` {
    let plane = PlaneHarness.paper()

    struct Case: Sendable {
        let side: Side
        let quantity: Quantity
        var limit: Price?
        var timeInForce = TimeInForce.goodTillCancelled
        let said: [String]
    }

    @Test(arguments: [
        // A market order walks the book, whatever its time in force; what it does not find is cancelled.
        Case(
            side: .buy,
            quantity: 2,
            said: ["a: accepted", "a: filled 1 at 101 taker", "a: filled 1 at 102 taker"]
        ),
        Case(
            side: .sell,
            quantity: 9,
            said: [
                "a: accepted", "a: filled 1 at 100 taker", "a: filled 2 at 99 taker",
                "a: filled 5 at 98 taker",
                "a: cancelled",
            ]
        ),
        // Immediate or cancel stops at its limit.
        Case(
            side: .buy,
            quantity: 4,
            limit: 102,
            timeInForce: .immediateOrCancel,
            said: ["a: accepted", "a: filled 1 at 101 taker", "a: filled 2 at 102 taker", "a: cancelled"]
        ),
        Case(
            side: .sell,
            quantity: 1,
            limit: 101,
            timeInForce: .immediateOrCancel,
            said: ["a: accepted", "a: cancelled"]
        ),
        // Fill or kill: everything inside the limit, or nothing.
        Case(
            side: .buy,
            quantity: 3,
            limit: 102,
            timeInForce: .fillOrKill,
            said: ["a: accepted", "a: filled 1 at 101 taker", "a: filled 2 at 102 taker"]
        ),
        Case(
            side: .buy,
            quantity: 4,
            limit: 102,
            timeInForce: .fillOrKill,
            said: ["a: accepted", "a: cancelled"]
        ),
        // A limit order takes what it reaches and rests with the remainder.
        Case(side: .buy, quantity: 2, limit: 101, said: ["a: accepted", "a: filled 1 at 101 taker"]),
        Case(side: .buy, quantity: 2, limit: 100, said: ["a: accepted"]),
        // Post-only never takes: it rests, or it is accepted and then cancelled.
        Case(side: .sell, quantity: 1, limit: 101, timeInForce: .postOnly, said: ["a: accepted"]),
        Case(
            side: .sell,
            quantity: 1,
            limit: 100,
            timeInForce: .postOnly,
            said: ["a: accepted", "a: cancelled"]
        ),
    ])
    func `does with each kind of order what the exchange does`(example: Case) {
        plane.ask("a", example.side, example.quantity, at: example.limit, example.timeInForce)
        #expect(plane.said == example.said)
    }

    @Test func `cancels a market order where the other side is empty`() {
        plane.book(asks: [(101, 0), (102, 0), (103, 0)])
        plane.ask("a", .buy, 1)
        #expect(plane.said == ["a: accepted", "a: cancelled"])
    }

    @Test func `charges takers and pays makers`() {
        plane.ask("a", .buy, 1)
        plane.ask("b", .buy, 1, at: 99)
        plane.trade(.sell, 1, at: 98)
        let fees = plane.published(VenueReport.self).compactMap { report -> Money? in
            if case .filled(let fill) = report.kind { fill.fee } else { nil }
        }
        #expect(fees == [money("0.101"), money("-0.0099")])
    }

    @Test func `gives every execution an id of its own`() {
        plane.ask("a", .buy, 8)
        plane.ask("b", .sell, 8)
        let ids = plane.published(VenueReport.self).compactMap { report -> String? in
            if case .filled(let fill) = report.kind { fill.executionID } else { nil }
        }
        #expect(ids.count == 6 && Set(ids).count == 6)
    }

    @Test func `keeps an order for its end, and answers for one that is gone`() {
        plane.ask("a", .buy, 2, at: 99)
        plane.askEnd("a")
        plane.askEnd("a")
        plane.askEnd("b")
        #expect(plane.said == ["a: accepted", "a: cancelled", "a: cancelled", "b: cancelled"])
    }

    @Test func `places an order once, however often it is asked for`() {
        plane.ask("a", .buy, 2, at: 99)
        plane.ask("a", .buy, 2, at: 99)
        #expect(plane.said == ["a: accepted"])
    }

    @Test(
        arguments: [
            // A smaller quantity keeps the order's place; a better price may trade at once; what breaks a rule changes
            // nothing, and the answer says so; what is filled stays filled.
            (price: 99, quantity: 1, said: ["a: amended 1 at 99"]),
            (price: 101, quantity: 3, said: ["a: amended 3 at 101", "a: filled 1 at 101 taker"]),
            (price: price("99.3"), quantity: 2, said: ["a: amended 2 at 99"]),
            (price: 99, quantity: quantity("0.1"), said: ["a: amended 2 at 99"]),
        ] as [(price: Price, quantity: Quantity, said: [String])]
    )
    func `amends what rests`(price: Price, quantity: Quantity, said: [String]) {
        plane.ask("a", .buy, 2, at: 99)
        plane.ask("a", .buy, quantity, at: price, step: .amending)
        #expect(plane.said == ["a: accepted"] + said)
    }

    @Test func `answers the amendment of an order that is gone with its end`() {
        plane.ask("a", .buy, 2, at: 99, step: .amending)
        #expect(plane.said == ["a: cancelled"])
    }

    @Test func `cancels a post-only order that is amended across the touch`() {
        plane.ask("a", .buy, 2, at: 99, .postOnly)
        plane.ask("a", .buy, 2, at: 101, .postOnly, step: .amending)
        #expect(plane.said == ["a: accepted", "a: amended 2 at 101", "a: cancelled"])
    }
}

@Suite struct `Paper venue, what only reduces` {
    let plane = PlaneHarness.paper()

    init() {
        plane.tell(PositionUpdate.fixture(quantity: 3))
    }

    @Test func `ends what rests to reduce a position as soon as that is gone`() {
        plane.ask("a", .sell, 2, at: 105, reduces: true)
        plane.ask("b", .sell, 3)
        #expect(plane.said.suffix(2) == ["b: filled 2 at 99 taker", "a: cancelled"])
    }

    @Test func `shrinks what rests to the position that is left`() {
        plane.ask("a", .sell, 3, at: 105, reduces: true)
        plane.ask("b", .sell, 1)
        #expect(
            plane.said == ["a: accepted", "b: accepted", "b: filled 1 at 100 taker", "a: amended 2 at 105"]
        )
        plane.trade(.buy, 9, at: 106)
        #expect(plane.said.last == "a: filled 2 at 105 maker")
    }

    @Test func `shrinks what is larger than the position as it comes to rest`() {
        plane.ask("a", .sell, 5, at: 105, reduces: true)
        #expect(plane.said == ["a: accepted", "a: amended 3 at 105"])
    }

    @Test func `refuses what would raise the position`() {
        plane.ask("a", .buy, 1, reduces: true)
        #expect(plane.said == ["a: rejected"])
    }

    @Test func `keeps the two legs of hedge mode apart, and lets neither through zero`() {
        plane.ask("a", .buy, 1, index: .hedgeLong)
        plane.ask("b", .sell, 1, index: .hedgeShort)
        // Closing a leg needs no word: the side alone says it.
        plane.ask("c", .sell, 2, index: .hedgeLong)
        plane.ask("d", .buy, 1, at: 90, index: .hedgeLong)
        plane.ask("e", .sell, 1, index: .hedgeLong)
        #expect(
            plane.said == [
                "a: accepted", "a: filled 1 at 101 taker", "b: accepted", "b: filled 1 at 100 taker",
                "c: accepted", "c: filled 1 at 99 taker", "c: cancelled", "d: accepted", "e: rejected",
            ]
        )
    }
}

@Suite struct `Paper venue, spot` {
    let plane = PlaneHarness.paper(
        .fixture(.trades(slippage: 0), leverage: 5),
        of: spotBitcoin,
        hasBook: false
    )

    init() {
        plane.trade(.buy, 1, at: 100, of: spotBitcoin)
    }

    @Test func `sells no more than there is, counting what is already offered`() {
        plane.ask("a", .sell, 1, of: spotBitcoin)
        plane.ask("b", .buy, 3, of: spotBitcoin)
        plane.ask("c", .sell, 2, at: 110, of: spotBitcoin)
        plane.ask("d", .sell, 2, of: spotBitcoin)
        plane.ask("e", .sell, 1, of: spotBitcoin)
        #expect(
            plane.said == [
                "a: rejected", "b: accepted", "b: filled 3 at 100 taker", "c: accepted", "d: rejected",
                "e: accepted", "e: filled 1 at 100 taker",
            ]
        )
    }

    @Test func `has neither funding nor liquidation nor legs`() {
        plane.ask("a", .buy, 3, of: spotBitcoin)
        plane.funding(ratio("0.01"), at: plane.time, of: spotBitcoin)
        plane.ticker(mark: 1, of: spotBitcoin)
        plane.ask("b", .buy, 1, index: .hedgeLong, of: spotBitcoin)
        #expect(plane.said == ["a: accepted", "a: filled 3 at 100 taker", "b: rejected"])
    }
}
