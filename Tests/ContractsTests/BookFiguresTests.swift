import Contracts
import Testing

@Suite struct `Figures of a book` {
    private static func book(bids: [(Price, Quantity)], asks: [(Price, Quantity)]) throws -> OrderBook {
        var book = OrderBook(depth: 10)
        book.apply(
            OrderBookDelta(
                meta: EventMeta(source: .market),
                instrument: try #require(Instrument("linear:BTCUSDT")),
                exchangeTime: 0,
                depth: 10,
                isSnapshot: true,
                updateID: 1,
                levels: ContiguousArray((bids + asks).map { BookLevel(price: $0, size: $1) }),
                bidCount: bids.count
            )
        )
        return book
    }

    private static func sample() throws -> OrderBook {
        try book(
            bids: [(#require(Price("99.9")), 3), (#require(Price("99.8")), 4), (99, 10)],
            asks: [(#require(Price("100.0")), 1), (#require(Price("100.2")), 2), (101, 5)]
        )
    }

    @Test func `give spread and middle exactly`() throws {
        let book = try Self.sample()
        #expect(book.spread == Price("0.1") && book.mid == Price("99.95"))
        let points = try #require(book.spreadBasisPoints)
        #expect(abs(points - 10.005_002_501_250_626) < 1e-12)
    }

    @Test func `draw the microprice towards the thinner side`() throws {
        let micro = try #require(Self.sample().microprice)
        // (99.9 × 1 + 100 × 3) / 4
        #expect(abs(micro - 99.975) < 1e-12)
    }

    @Test(arguments: [(1, 0.5), (2, 0.4), (3, 0.36), (99, 0.36)])
    func `weigh the best levels against each other`(levelCount: Int, expected: Double) throws {
        #expect(try #require(Self.sample().imbalance(levelCount: levelCount)) == expected)
    }

    @Test func `say what there is down to a price`() throws {
        let book = try Self.sample()
        #expect(try book.quantity(against: .buy, to: #require(Price("100.2"))) == 3)
        #expect(try book.quantity(against: .buy, to: #require(Price("99.99"))) == 0)
        #expect(try book.quantity(against: .sell, to: 99) == 17)
    }

    @Test func `say what a quantity costs`() throws {
        let depth = try Self.sample().depth(to: #require(Quantity("2.5")), against: .buy)
        #expect(depth.quantity == Quantity("2.5") && depth.levelCount == 2)
        #expect(depth.worstPrice == Price("100.2") && depth.worth == Money("250.3"))
        #expect(try depth.averagePrice(places: 4) == Price("100.1200"))
    }

    @Test func `say how far a quantity too large gets`() throws {
        let depth = try Self.sample().depth(to: 100, against: .sell)
        #expect(depth.quantity == 17 && depth.worstPrice == 99 && depth.levelCount == 3)
    }

    @Test(arguments: [[], [10], [0, 11], [11, 11]] as [[Price]])
    func `are absent where the book is of no use`(touch: [Price]) throws {
        let (bids, asks) = (touch.prefix(1).filter(\.isPositive), touch.dropFirst())
        let book = try Self.book(bids: bids.map { ($0, 1) }, asks: asks.map { ($0, 1) })
        #expect(book.spread == nil && book.mid == nil && book.spreadBasisPoints == nil)
        #expect(book.microprice == nil && book.imbalance(levelCount: 5) == nil)
        #expect(throws: NumberError.dividedByZero) {
            try book.depth(to: 0, against: .buy).averagePrice(places: 2)
        }
    }

    @Test(arguments: 0..<64 as Range<UInt64>)
    func `agree with sums over all levels`(seed: UInt64) throws {
        var random = Seeded(seed)
        let levels = (1...Int.random(in: 1...10, using: &random)).map { tick in
            (
                Price(units: 1_000 + Int64(tick), scale: 2),
                Quantity(units: .random(in: 1...9_999, using: &random), scale: 3)
            )
        }
        let book = try Self.book(bids: [(1, 1)], asks: levels.shuffled(using: &random))
        let asked = Quantity(units: .random(in: 1...60_000, using: &random), scale: 3)
        let depth = try book.depth(to: asked, against: .buy)
        let total = levels.reduce(0) { $0 + $1.1.units }
        #expect(depth.quantity.units == min(asked.units, total))
        var (open, worth) = (depth.quantity.units, Int128(0))
        for (price, size) in levels {
            let taken = min(open, size.units)
            worth += Int128(taken) * Int128(price.units)
            open -= taken
        }
        #expect(depth.worth == Money(units: worth, scale: 5) && open == 0)
        let worst = try #require(depth.worstPrice)
        #expect(try book.quantity(against: .buy, to: worst) >= depth.quantity)
    }
}
