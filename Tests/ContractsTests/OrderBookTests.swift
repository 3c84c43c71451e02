import Contracts
import Testing

@Suite struct `An order book` {
    private static let instrument = Instrument(category: .linear, symbol: Symbol("BTCUSDT") ?? unknown)
    private static let unknown: Symbol = { preconditionFailure("BTCUSDT is a symbol") }()

    private func delta(
        snapshot: Bool = false,
        id: UInt64 = 1,
        bids: [(Price, Quantity)] = [],
        asks: [(Price, Quantity)] = []
    ) -> OrderBookDelta {
        OrderBookDelta(
            meta: EventMeta(source: .market),
            instrument: Self.instrument,
            exchangeTime: 0,
            depth: 50,
            isSnapshot: snapshot,
            updateID: id,
            levels: ContiguousArray((bids + asks).map { BookLevel(price: $0, size: $1) }),
            bidCount: bids.count
        )
    }

    @Test func `starts empty and of no use`() {
        let book = OrderBook(depth: 5)
        #expect(book.bestBid == nil && book.bestAsk == nil && !book.isUsable && !book.isCrossed)
        #expect(book.updateID == 0)
    }

    @Test func `is replaced by a snapshot`() {
        var book = OrderBook(depth: 5)
        book.apply(delta(snapshot: true, id: 7, bids: [(10, 1), (9, 1)], asks: [(11, 1)]))
        book.apply(delta(snapshot: true, id: 9, bids: [(8, 2)], asks: [(12, 3)]))
        #expect(book.bids.map(\.price) == [8] && book.asks.map(\.price) == [12])
        #expect(book.updateID == 9 && book.isUsable)
    }

    @Test func `sets, inserts and deletes levels`() {
        var book = OrderBook(depth: 5)
        book.apply(delta(snapshot: true, bids: [(10, 1), (8, 1)], asks: [(11, 1), (13, 1)]))
        book.apply(delta(bids: [(10, 4), (9, 2)], asks: [(12, 2), (11, 0), (99, 0)]))
        #expect(book.bids == [level(8, 1), level(9, 2), level(10, 4)])
        #expect(book.asks == [level(13, 1), level(12, 2)])
        #expect(book.bestBid == level(10, 4) && book.bestAsk == level(12, 2))
    }

    @Test func `keeps the best levels of its depth`() {
        var book = OrderBook(depth: 2)
        book.apply(
            delta(snapshot: true, bids: [(10, 1), (9, 1), (8, 1)], asks: [(11, 1), (12, 1), (13, 1)])
        )
        #expect(book.bids.map(\.price) == [9, 10] && book.asks.map(\.price) == [12, 11])
    }

    @Test func `knows when it is crossed`() {
        var book = OrderBook(depth: 5)
        book.apply(delta(snapshot: true, bids: [(10, 1)], asks: [(10, 1)]))
        #expect(book.isCrossed && !book.isUsable)
        book.clear()
        #expect(!book.isCrossed && book.bids.isEmpty && book.updateID == 0)
    }

    @Test func `takes one price in two spellings for one level`() throws {
        var book = OrderBook(depth: 5)
        let finer = try #require(Price("10.00"))
        book.apply(delta(snapshot: true, bids: [(10, 1)], asks: [(11, 1)]))
        book.apply(delta(bids: [(finer, 3)]))
        #expect(book.bids.map(\.size) == [3])
    }

    @Test func `takes a snapshot in any order, with repeats and deletions`() {
        var book = OrderBook(depth: 5)
        book.apply(
            delta(
                snapshot: true,
                bids: [(8, 1), (10, 1), (9, 0), (10, 2)],
                asks: [(13, 1), (12, 1), (13, 0)]
            )
        )
        #expect(book.bids == [level(8, 1), level(10, 2)] && book.asks == [level(12, 1)])
    }

    @Test func `is equal however its prices are spelled`() throws {
        var (plain, finer) = (OrderBook(depth: 5), OrderBook(depth: 5))
        plain.apply(delta(snapshot: true, bids: [(10, 1)], asks: [(11, 1)]))
        finer.apply(delta(snapshot: true, bids: [(try #require(Price("10.00")), 1)], asks: [(11, 1)]))
        #expect(plain == finer && plain.hashValue == finer.hashValue)
    }

    @Test func `stays exact where its prices fit no common scale`() throws {
        var book = OrderBook(depth: 5)
        let huge = Price(units: 9_000_000_000_000_000_000, scale: 0)
        let tiny = Price(units: 1, scale: 18)
        book.apply(delta(snapshot: true, asks: [(huge, 1), (tiny, 2), (1, 3), (2, 4)]))
        #expect(book.asks.map(\.price) == [huge, 2, 1, tiny])
        book.apply(delta(asks: [(try #require(Price("1.0")), 0), (huge, 0)]))
        #expect(book.asks.map(\.price) == [2, tiny])
    }

    @Test(arguments: 0..<48 as Range<UInt64>)
    func `is the same as a sorted dictionary`(seed: UInt64) {
        var random = Seeded(seed)
        let depth = Int.random(in: 1...40, using: &random)
        var book = OrderBook(depth: depth)
        var (bids, asks): ([Price: Quantity], [Price: Quantity]) = ([:], [:])
        // One scale for all, several, or such as fit no common one.
        let scales: [UInt8] = [[1], [1, 2, 4], [0, 2, 17]][Int(seed % 3)]
        for step in 1...300 as ClosedRange<UInt64> {
            let isSnapshot = step == 1 || Int.random(in: 0..<40, using: &random) == 0
            let changes = (levels(&random, scales, below: true), levels(&random, scales, below: false))
            if isSnapshot { (bids, asks) = ([:], [:]) }
            for (price, size) in changes.0 { bids[price] = size.isZero ? nil : size }
            for (price, size) in changes.1 { asks[price] = size.isZero ? nil : size }
            bids = Dictionary(
                uniqueKeysWithValues: bids.sorted { $0.key > $1.key }.prefix(depth).map { ($0, $1) }
            )
            asks = Dictionary(
                uniqueKeysWithValues: asks.sorted { $0.key < $1.key }.prefix(depth).map { ($0, $1) }
            )
            book.apply(delta(snapshot: isSnapshot, id: step, bids: changes.0, asks: changes.1))
            #expect(Array(book.bids) == bids.sorted { $0.key < $1.key }.map { level($0.key, $0.value) })
            #expect(Array(book.asks) == asks.sorted { $0.key > $1.key }.map { level($0.key, $0.value) })
            #expect(book.updateID == step)
        }
    }

    private func level(_ price: Price, _ size: Quantity) -> BookLevel { BookLevel(price: price, size: size) }

    private func levels(_ random: inout Seeded, _ scales: [UInt8], below: Bool) -> [(Price, Quantity)] {
        (0..<Int.random(in: 0...12, using: &random)).map { _ in
            let ticks = Int64.random(in: 1...45, using: &random)
            let size = Int64.random(in: 0...3, using: &random)
            let scale = scales.randomElement(using: &random) ?? 0
            let power = PowersOfTen.int64[Int(min(scale, 16))]
            // Half ticks of the finer scales lie between the levels of the coarser ones.
            let half = scale > 0 && Bool.random(using: &random) ? power / 2 : 0
            let offset = ticks * power + half
            let centre = scale > 16 ? 0 : 1_000 * power
            return (
                Price(units: below ? centre - offset : centre + offset, scale: scale),
                Quantity(units: size, scale: UInt8(ticks % 4))
            )
        }
    }
}
