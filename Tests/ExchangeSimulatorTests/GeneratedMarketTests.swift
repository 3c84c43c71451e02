import Testing

@testable import ExchangeSimulator

@Suite struct `Generated market` {
    private static let startMs: Int64 = 1_786_540_000_000

    private static func events(
        seed: UInt64,
        symbols: [String] = ["BTCUSDT", "XRPUSDT"],
        count: Int
    ) -> [TimedEvent] {
        var market = GeneratedMarket(seed: seed, symbols: symbols, rate: 20, startMs: startMs)
        return (0..<count).compactMap { _ in market.next() }
    }

    @Test func `is the same for the same seed`() {
        #expect(Self.events(seed: 7, count: 3_000) == Self.events(seed: 7, count: 3_000))
        #expect(Self.events(seed: 7, count: 300) != Self.events(seed: 8, count: 300))
    }

    @Test func `never goes back in time`() {
        let due = Self.events(seed: 3, count: 3_000).map(\.dueNs)
        #expect(zip(due, due.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `never crosses or thins out a book, and trades hit its best price`(seed: UInt64) throws {
        var books: [String: LevelBook] = [:]
        var tradeCount = 0
        for timed in Self.events(seed: seed, count: 8_000) {
            switch timed.event {
            case .book(let update):
                var book = books[update.symbol] ?? LevelBook()
                book.apply(update)
                #expect(!book.isCrossed)
                #expect(book.bids.count >= 200 && book.asks.count >= 200)
                books[update.symbol] = book
            case .trades(let batch):
                let book = try #require(books[batch.symbol])
                let first = try #require(batch.trades.first)
                #expect(first.price == (first.takerBuys ? book.bestAsk : book.bestBid)?.price)
                #expect(batch.trades.allSatisfy { $0.quantity > .zero })
                tradeCount += batch.trades.count
            default: break
            }
        }
        #expect(tradeCount > 500)
    }

    @Test(arguments: ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT"])
    func `swings enough for quick averages to cross`(symbol: String) {
        var market = GeneratedMarket(seed: 1, symbols: [symbol], rate: 20, startMs: Self.startMs)
        var bars: [Int64: Int64] = [:]
        while let timed = market.next(), timed.dueNs < (Self.startMs + 600_000) * 1_000_000 {
            guard case .trades(let batch) = timed.event, let last = batch.trades.last else { continue }
            bars[last.timeMs / 1000] = last.price.units
        }
        var averages: (fast: Double, slow: Double)?
        var wasAbove: Bool?
        var crossings = 0
        var last = 0.0
        for second in (Self.startMs / 1000)..<(Self.startMs / 1000 + 600) {
            last = bars[second].map(Double.init) ?? last
            guard last > 0 else { continue }
            let old = averages ?? (last, last)
            let now = (fast: old.fast + (last - old.fast) / 3, slow: old.slow + (last - old.slow) / 7)
            averages = now
            if let wasAbove, wasAbove != (now.fast > now.slow) { crossings += 1 }
            wasAbove = now.fast > now.slow
        }
        // Twenty half minutes with more than two crossings each, on average.
        #expect(crossings > 40)
    }

    @Test func `lists a symbol before anything else about it`() {
        let events = Self.events(seed: 1, count: 8).map(\.event)
        guard case .listed(let spec) = events.first else {
            Issue.record("the first event is not a listing")
            return
        }
        #expect(spec == InstrumentSpec(symbol: "BTCUSDT", priceDecimals: 1, quantityDecimals: 3))
    }
}
