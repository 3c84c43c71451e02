import Testing

@testable import ExchangeSimulator

@Suite struct `Generated market` {
    private static let startMs: Int64 = 1_786_540_000_000

    private static func events(
        seed: UInt64,
        symbols: [String] = ["BTCUSDT", "XRPUSDT"],
        count: Int
    ) -> [TimedHappening] {
        let listings = symbols.map { Listing(symbol: $0, category: .linear) }
        var market = GeneratedMarket(seed: seed, listings: listings, rate: 20, startMs: startMs)
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
            guard case .market(let event) = timed.happening else { continue }
            switch event {
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
        let listings = [Listing(symbol: symbol, category: .linear)]
        var market = GeneratedMarket(seed: 1, listings: listings, rate: 20, startMs: Self.startMs)
        var bars: [Int64: Int64] = [:]
        while let timed = market.next(), timed.dueNs < (Self.startMs + 600_000) * 1_000_000 {
            guard case .market(.trades(let batch)) = timed.happening, let last = batch.trades.last else {
                continue
            }
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
        let first = Self.events(seed: 1, count: 8).first?.happening
        let spec = InstrumentSpec(symbol: "BTCUSDT", priceDecimals: 1, quantityDecimals: 3, category: .linear)
        #expect(first == .market(.listed(spec)))
    }

    @Test func `has a past of days, hours and minutes without a hole`() {
        var ends: [Int64] = []
        var starts: [Int64] = []
        for timed in Self.events(seed: 1, symbols: ["BTCUSDT"], count: 5) {
            guard case .past(_, let candles, let length) = timed.happening else { continue }
            #expect(
                zip(candles, candles.dropFirst()).allSatisfy { length.end(after: $0.startMs) == $1.startMs }
            )
            starts.append(candles.first?.startMs ?? 0)
            ends.append(candles.last.map { length.end(after: $0.startMs) } ?? 0)
        }
        #expect(starts.count == 3)
        #expect(Array(ends.dropLast()) == Array(starts.dropFirst()))
        #expect(ends.last == Self.startMs / 60_000 * 60_000)
    }

    @Test func `liquidates in bursts, and goes down by its seed`() {
        let listings = [Listing(symbol: "BTCUSDT", category: .linear)]
        var market = GeneratedMarket(
            seed: 4,
            listings: listings,
            rate: 5,
            startMs: Self.startMs,
            hasOutages: true
        )
        var (bursts, outages, lastNs) = (0, [Int64](), Int64(0))
        while let timed = market.next(), timed.dueNs < (Self.startMs + 7_200_000) * 1_000_000 {
            switch timed.happening {
            case .liquidations(_, let burst, _):
                bursts += 1
                #expect(Set(burst.map(\.wasLong)).count == 1)
            case .outage(let lengthMs, _): outages.append(lengthMs)
            default: break
            }
            #expect(timed.dueNs >= lastNs)
            lastNs = timed.dueNs
        }
        #expect(bursts > 10)
        #expect((3...12).contains(outages.count) && outages.allSatisfy { (2_000...22_000).contains($0) })
    }

    @Test func `moves funding and open interest`() {
        var rates: Set<Fixed> = []
        var interests: Set<Fixed> = []
        let listings = [Listing(symbol: "BTCUSDT", category: .linear)]
        var market = GeneratedMarket(seed: 2, listings: listings, rate: 2, startMs: Self.startMs)
        while let timed = market.next(), timed.dueNs < (Self.startMs + 3_600_000) * 1_000_000 {
            guard case .market(.figures(_, let figures, _)) = timed.happening else { continue }
            rates.insert(figures.fundingRate)
            interests.insert(figures.openInterest)
        }
        #expect(rates.count > 10)
        #expect(interests.count > 100)
    }
}

@Suite struct `Market name` {
    private static let startMs: Int64 = 1_786_540_000_000

    @Test(arguments: [
        ("BTCUSDT", ["linear:BTCUSDT", "spot:BTCUSDT"]), ("spot:ETHUSDT", ["spot:ETHUSDT"]),
        ("BTCUSD", ["inverse:BTCUSD"]),
        ("option:BTC-21AUG26-64000-C", ["option:BTC-21AUG26-64000-C"]),
    ])
    func `stands for markets`(name: String, meant: [String]) throws {
        let listings = try Listing.list([name], startMs: Self.startMs)
        #expect(listings.map { $0.category.rawValue + ":" + $0.symbol } == meant)
    }

    @Test func `of a base coin is a chain of options round its price`() throws {
        let listings = try Listing.list(["option:BTC"], startMs: Self.startMs)
        #expect(listings.count == 6)
        let terms = listings.compactMap { OptionTerms(symbol: $0.symbol) }
        #expect(Set(terms.map(\.strike)) == [63_000, 64_000, 65_000])
        #expect(terms.allSatisfy { $0.expiryMs > Self.startMs + 7 * 86_400_000 })
        #expect(terms.first.map { OptionTerms.code(ofMs: $0.expiryMs) } == "21AUG26")
    }

    @Test(arguments: [
        [], ["btc"], ["BTCUSDT", "linear:BTCUSDT"], ["moon:BTCUSDT"], ["option:BTC-1-2-C"], [""],
    ])
    func `is refused where it makes no sense`(names: [String]) {
        #expect(throws: SimulatorError.self) {
            try Listing.list(names, startMs: Self.startMs)
        }
    }
}
