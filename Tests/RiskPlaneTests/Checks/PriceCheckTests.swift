import Contracts
import RiskPlane
import TestKit
import Testing

@Suite struct `Risk checks the price: it` {
    @Test(arguments: [
        (price: "105", slippage: "0", mark: 100 as Price, index: 100 as Price, isApproved: true),
        ("105.1", "0", 100, 100, false), ("94.9", "0", 100, 100, false), ("95", "0", 100, 100, true),
        ("100", "0", 106, 100, false), ("100", "0", 100, 106, false), ("104", "0.02", 100, 100, false),
        ("104", "0.009", 100, 100, true),
    ])
    func `refuses entries far from mark or index, and fills there`(
        price text: String,
        slippage: String,
        mark: Price,
        index: Price,
        isApproved: Bool
    ) {
        let plane = PlaneHarness.risk(.only { $0.collarMax = ratio("0.05") })
        plane.tell(PositionUpdate.fixture(quantity: 1))
        plane.tell(TickerEvent.fixture(mark: mark, index: index))
        plane.tell(StrategyIntent.fixture(target: 300, price: price(text), slippageMax: ratio(slippage)))
        #expect(plane.failedChecks == (isApproved ? [] : [.collar]))
        plane.tell(StrategyIntent.fixture(target: 0, price: price(text)))
        #expect(plane.targets.last == 0)
    }

    @Test func `lets an intent's own limit keep its fills within the collar`() {
        let plane = PlaneHarness.risk(.only { $0.collarMax = ratio("0.05") })
        plane.tell(StrategyIntent.fixture(1, target: 300, limit: 105, slippageMax: ratio("0.2")))
        plane.tell(StrategyIntent.fixture(2, target: -300, limit: 95, slippageMax: ratio("0.2")))
        plane.tell(StrategyIntent.fixture(3, target: -300, limit: 94, slippageMax: ratio("0.2")))
        #expect(plane.failedChecks == [.collar])
        #expect(plane.approvals.count == 2)
    }

    @Test func `asks for a mark, unless it need not; of spot, for a last price`() {
        let strict = PlaneHarness.risk(.only { $0.collarMax = ratio("0.05") })
        let lax = PlaneHarness.risk(
            .only {
                $0.collarMax = ratio("0.05")
                $0.collarRequiresMark = false
            }
        )
        let spot = instrument("spot:BTCUSDT")
        for plane in [strict, lax] {
            plane.introduce(spot)
            plane.tell(TickerEvent.fixture(mark: nil, index: nil))
            plane.tell(StrategyIntent.fixture(1, target: 100))
            plane.tell(TickerEvent.fixture(of: spot, mark: nil, index: nil))
            plane.tell(StrategyIntent.fixture(2, of: spot, target: 100))
        }
        #expect(strict.failedChecks == [.collar])
        #expect(strict.approvals.count == 1)
        #expect(lax.approvals.count == 2)
    }

    @Test(arguments: [
        (bid: "99.5", ask: "100.5", isApproved: true), ("99.4", "100.5", false), ("99.5", "100.6", false),
    ])
    func `refuses entries while bid and ask are far apart`(bid: String, ask: String, isApproved: Bool) {
        let plane = PlaneHarness.risk(.only { $0.spreadMax = ratio("0.01") })
        plane.tell(PositionUpdate.fixture(quantity: 1))
        plane.tell(TickerEvent.fixture(bid: price(bid), ask: price(ask)))
        plane.tell(StrategyIntent.fixture(target: 200))
        #expect(plane.failedChecks == (isApproved ? [] : [.spread]))
        plane.tell(StrategyIntent.fixture(target: 0))
        #expect(plane.targets.last == 0)
    }

    @Test(arguments: [true, false])
    func `refuses entries without bid and ask, unless it need not`(isRequired: Bool) {
        let plane = PlaneHarness.risk(
            .only {
                $0.spreadMax = ratio("0.01")
                $0.spreadRequiresQuote = isRequired
            }
        )
        plane.tell(TickerEvent.fixture(ask: nil))
        plane.tell(StrategyIntent.fixture(target: 100))
        #expect(plane.failedChecks == (isRequired ? [.spread] : []))
    }

    private static let book = OrderBookDelta.fixture(
        bids: [(price("99.9"), 2), (price("99.2"), 3), (price("98"), 50)],
        asks: [(price("100.1"), 1), (price("100.8"), 4), (price("102"), 50)]
    )

    @Test(arguments: [
        (target: 100 as Money, approved: "1"), (500, "5"), (600, "5"), (-500, "-5"), (-900, "-5"),
    ])
    func `takes no more than the book offers near its middle`(target: Money, approved: String) {
        let plane = PlaneHarness.risk(.only { $0.slippageMax = ratio("0.01") })
        plane.tell(Self.book)
        plane.tell(StrategyIntent.fixture(target: target))
        #expect(plane.targets == [quantity(approved)])
        #expect(plane.approvals.first?.isShrunk == (target == 600 || target == -900))
    }

    @Test func `refuses entries without a book or with nothing in it near enough`() {
        let plane = PlaneHarness.risk(.only { $0.slippageMax = ratio("0.0005") })
        let lax = PlaneHarness.risk(
            .only {
                $0.slippageMax = ratio("0.0005")
                $0.slippageRequiresBook = false
            }
        )
        for plane in [plane, lax] {
            plane.tell(PositionUpdate.fixture(quantity: 1))
            plane.tell(StrategyIntent.fixture(1, target: 200))
            plane.tell(Self.book)
            plane.tell(StrategyIntent.fixture(2, target: 300))
            plane.tell(StrategyIntent.fixture(3, target: 0))
        }
        #expect(plane.failedChecks == [.slippage, .slippage])
        #expect(plane.targets == [0])
        #expect(lax.failedChecks == [.slippage])
    }

    @Test(arguments: [
        (rate: "0.003", hours: 1 as Int64, target: 100 as Money, isApproved: true),
        ("0.0031", 1, 100, false), ("0.0031", 1, -100, true), ("-0.0031", 1, -100, false),
        ("0.0015", 0, 100, true), ("0.0016", 0, 100, false), ("0.9", 9, 100, true),
    ])
    func `refuses entries that are to pay much funding soon`(
        rate: String,
        hours: Int64,
        target: Money,
        isApproved: Bool
    ) {
        // Given a horizon of eight hours: in zero hours' time there are two settlements of it
        let plane = PlaneHarness.risk(.only { $0.fundingCostMax = ratio("0.003") })
        let next = plane.time + hours * 3_600_000
        plane.tell(FundingEvent.fixture(rate: ratio(rate), next: next))
        plane.tell(StrategyIntent.fixture(target: target))
        #expect(plane.failedChecks == (isApproved ? [] : [.fundingCost]))
    }

    @Test(arguments: [
        (minutes: 480 as Int?, isRequired: true, isApproved: false), (480, false, true), (nil, true, true),
    ])
    func `refuses to enter what pays a funding that is not known`(
        minutes: Int?,
        isRequired: Bool,
        isApproved: Bool
    ) {
        let plane = PlaneHarness.risk(
            .only {
                $0.fundingCostMax = ratio("0.003")
                $0.fundingRequiresRate = isRequired
            }
        )
        plane.tell(PositionUpdate.fixture(quantity: 1))
        plane.tell(InstrumentSpec.fixture(fundingMinutes: minutes))
        plane.tell(StrategyIntent.fixture(target: 200))
        #expect(plane.failedChecks == (isApproved ? [] : [.fundingCost]))
        plane.tell(StrategyIntent.fixture(target: 0))
        #expect(plane.targets.last == 0)
    }

    @Test func `lets nothing pass as an exit that orders under way could make an entry`() {
        let plane = PlaneHarness.risk(.only())
        plane.tell(PositionUpdate.fixture(quantity: 10))
        plane.tell(OrderEvent.step("exit", .open, side: .sell, quantity: 10, reduceOnly: true))
        plane.tell(StrategyIntent.fixture(1, target: 500))
        plane.tell(StrategyIntent.fixture(2, target: 0))
        plane.tell(OrderEvent.step("exit", .cancelled, side: .sell, quantity: 10, reduceOnly: true))
        plane.fillNewest(from: 10)
        #expect(plane.failedChecks == [.reduceOnly])
        #expect(plane.targets == [0])
    }

    @Test func `lets a stop that rests stand in no exit's way`() {
        let plane = PlaneHarness.risk(.only())
        plane.tell(PositionUpdate.fixture(quantity: -10))
        plane.tell(OrderEvent.step("stop", .untriggered, quantity: 10, purpose: .stopLoss))
        plane.tell(StrategyIntent.fixture(1, target: -500))
        #expect(plane.targets == [-5])
    }

    @Test(arguments: [
        (side: Side.sell, resting: "101", target: 100 as Money, isApproved: false),
        (.sell, "101.1", 100, true), (.buy, "99", -100, false), (.buy, "98.9", -100, true),
        (.buy, "100", 100, true),
    ])
    func `lets no entry meet an own order that rests`(
        side: Side,
        resting: String,
        target: Money,
        isApproved: Bool
    ) {
        let plane = PlaneHarness.risk(.only())
        plane.tell(OrderEvent.step("rests", .open, side: side, quantity: 3, price: price(resting)))
        plane.tell(StrategyIntent.fixture(target: target, slippageMax: ratio("0.01")))
        #expect(plane.failedChecks == (isApproved ? [] : [.selfTrade]))
    }

    @Test func `lets exits meet it, and entries where it may`() {
        let plane = PlaneHarness.risk(.only())
        let lax = PlaneHarness.risk(.only { $0.selfTradePrevented = false })
        for plane in [plane, lax] {
            plane.tell(PositionUpdate.fixture(quantity: -3))
            plane.tell(OrderEvent.step("a", .open, side: .sell, quantity: 3, price: 100, reduceOnly: true))
            plane.tell(OrderEvent.step("b", .open, side: .buy, quantity: 3, price: 100, purpose: .takeProfit))
            plane.tell(StrategyIntent.fixture(1, target: 0))
            plane.tell(StrategyIntent.fixture(2, target: -900))
        }
        #expect(plane.targets == [0])
        #expect(plane.failedChecks == [.selfTrade])
        #expect(lax.targets == [0, -9])
    }
}
