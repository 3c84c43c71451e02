import Contracts
import EventKernel
import ExecutionPlane
import TestKit
import Testing

@Suite struct `A position's mark` {
    let plane = PlaneHarness.books(PortfolioSettings(startingEquity: 1_000))
    private var marks: [Price?] { plane.published(PositionUpdate.self).map(\.markPrice) }

    @Test func `is the book's middle where nothing else speaks`() {
        plane.tell(OrderBookDelta.fixture())
        plane.fill("e1", .buy, 1, at: 100)
        #expect(plane.position?.markPrice == Price("100.5"))
        plane.tell(OrderBookDelta.fixture(bids: [(100, 0), (98, 1)], asks: [], isSnapshot: false))
        #expect(plane.position?.markPrice == 100)
    }

    @Test func `is our own fill's price where nobody speaks`() {
        plane.fill("e1", .buy, 1, at: 100)
        plane.fill("e2", .buy, 1, at: 104)
        #expect(marks == [100, 104])
        #expect(plane.account?.unrealisedProfit == 4)
    }

    @Test func `is the newest traded price before the book, and the exchange's mark before all`() {
        plane.tell(OrderBookDelta.fixture())
        plane.tell(TradeEvent.fixture(price: 103))
        plane.fill("e1", .buy, 1, at: 100)
        plane.tell(OrderBookDelta.fixture())
        plane.tell(TickerEvent.fixture(mark: 105))
        plane.advance(milliseconds: 1_000)
        plane.tell(TradeEvent.fixture(price: 90))
        #expect(marks == [103, 105])
    }

    @Test func `is no block trade's price, nor one of the past`() {
        plane.fill("e1", .buy, 1, at: 100)
        plane.tell(TradeEvent.fixture(price: 90, isBlockTrade: true))
        plane.tell(TradeEvent.fixture(price: 90, isBackfill: true))
        #expect(marks == [100])
    }

    @Test func `is told at most once in an interval of event time, without a correlation`() {
        plane.fill("e1", .buy, 1, at: 100)
        plane.forget()
        plane.tell(TickerEvent.fixture(mark: 101))
        plane.tell(TickerEvent.fixture(mark: 102))
        plane.advance(milliseconds: 999)
        plane.tell(TickerEvent.fixture(mark: 103))
        #expect(marks == [101])
        plane.advance(milliseconds: 1)
        #expect(marks == [101], "no timer tells it")
        plane.tell(TickerEvent.fixture(mark: 103))
        #expect(marks == [101, 103])
        #expect(plane.published(PositionUpdate.self).map(\.meta.correlationID) == [nil, nil])
        #expect(plane.published(AccountUpdate.self).map(\.equity) == [1_001, 1_003])
        #expect(plane.published(AccountUpdate.self).map(\.meta.correlationID) == [nil, nil])
        plane.advance(milliseconds: 5_000)
        plane.tell(TickerEvent.fixture(mark: 103))
        #expect(marks.count == 2, "an unchanged mark is not told")
    }

    @Test func `of two instruments is told to each in its own time`() {
        plane.fill("e1", .buy, 1, at: 100)
        plane.fill("e2", .buy, 1, at: 100, of: ether)
        plane.forget()
        plane.tell(TickerEvent.fixture(mark: 101))
        plane.tell(TickerEvent.fixture(of: ether, mark: 102))
        #expect(plane.published(PositionUpdate.self).map(\.instrument) == [bitcoin, ether])
        #expect(plane.account?.equity == 1_003)
    }

    @Test func `in a feed of candles is told at the closed candle`() {
        let start = plane.time
        // When: a candle begins; its close is not known to the books yet
        plane.tell(KlineEvent.fixture(start: start, open: 100, close: 120, isConfirmed: false))
        plane.fill("e1", .buy, 1, at: 101)
        #expect(marks == [100])
        plane.advance(milliseconds: 30_000)
        plane.tell(KlineEvent.fixture(start: start, open: 100, close: 107, isConfirmed: false))
        #expect(marks == [100])
        plane.advance(milliseconds: 30_000)
        plane.tell(KlineEvent.fixture(start: start, open: 100, close: 110, isConfirmed: true))
        // Then
        #expect(marks == [100, 110])
        #expect(plane.account?.equity == 1_009)
    }

    @Test func `is not told while flat`() {
        plane.tell(TickerEvent.fixture(mark: 101))
        plane.fill("e1", .buy, 1, at: 100)
        plane.fill("e2", .sell, 1, at: 100)
        plane.forget()
        plane.advance(milliseconds: 5_000)
        plane.tell(TickerEvent.fixture(mark: 102))
        #expect(plane.events.allSatisfy { $0.topic == .marketTicker || $0.topic == .stateClock })
    }

    @Test func `of a coin's own contract is told where the coin is held without a position`() {
        let plane = PlaneHarness.books(
            PortfolioSettings(
                startingEquity: 1_000,
                otherWallets: [AccountUpdate.Wallet(coin: "BTC", equity: 2)]
            )
        )
        plane.tell(InstrumentSpec.settled(in: "BTC", inverseBitcoin))
        for mark in [100, 101, 102] as [Price] {
            plane.tell(TickerEvent.fixture(of: inverseBitcoin, mark: mark))
            plane.advance(milliseconds: 600)
        }
        #expect(plane.published(AccountUpdate.self).map(\.equity) == [1_200, 1_204])
        #expect(plane.published(PositionUpdate.self).isEmpty)
    }
}
