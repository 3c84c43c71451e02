import BybitProtocol
import Contracts
import Testing

/// The decoder keeps no sizes; a whole book, folded from the same messages, knows better.
@Suite struct `Crossed books` {
    @Test(arguments: 1...3) func `are found exactly where the whole book is crossed`(seed: Int) {
        var mill = MessageMill(seed: UInt64(seed))
        var decoding = Decoding()
        var book = OrderBook(depth: 10)
        var (crossedCount, wasCrossed, update) = (0, false, UInt64(0))
        for _ in 0..<1_500 {
            let isSnapshot = book.updateID == 0
            update += 1
            var levels: [[String]] = [[], []]
            for side in 0..<2 {
                for _ in 0..<mill.number(isSnapshot ? 14 : 4) {
                    let ticks = 5_000 + (side == 0 ? -1 : 1) * (mill.number(400) - 6)
                    let price =
                        mill.number(4) == 0 ? "\(ticks / 10).\(ticks % 10)0" : "\(ticks / 10).\(ticks % 10)"
                    levels[side].append("[\"\(price)\",\"\(mill.number(3))\"]")
                }
            }
            let sides = levels.map { $0.joined(separator: ",") }
            decoding.events.removeAll()
            decoding.gaps.removeAll()
            decoding.read(
                """
                {"topic":"orderbook.10.X","type":"\(isSnapshot ? "snapshot" : "delta")","ts":1,"data":{"s":"X",\
                "b":[\(sides[0])],"a":[\(sides[1])],"u":\(update + 1),"seq":1}}
                """
            )
            let expected = Self.delta(levels, isSnapshot: isSnapshot, update: update + 1)
            book.apply(expected)
            // A snapshot that is crossed again tells nothing new.
            #expect(decoding.gaps.map(\.reason) == (book.isCrossed && !wasCrossed ? [.crossed] : []))
            wasCrossed = book.isCrossed
            #expect(decoding.books.map(\.levels) == (book.isCrossed ? [] : [expected.levels]))
            if book.isCrossed {
                crossedCount += 1
                book.clear()
            }
        }
        #expect(crossedCount > 10)
    }

    @Test func `leave no trace of prices that no common scale holds, once a snapshot came`() {
        var decoding = Decoding()
        decoding.read(
            `Order book decoding`.message(
                "snapshot",
                bids: #"["0.000000000000000001","1"]"#,
                asks: #"["9000000000000000000","1"]"#,
                update: 7
            )
        )
        #expect(decoding.books.isEmpty)
        #expect(decoding.gaps.count == 1)
        decoding.read(`Order book decoding`.snapshot)
        #expect(decoding.books.count == 1)
    }

    private static let instrument: Instrument = {
        guard let instrument = Instrument("linear:X") else { preconditionFailure("it is one") }
        return instrument
    }()

    private static func delta(_ levels: [[String]], isSnapshot: Bool, update: UInt64) -> OrderBookDelta {
        let sides = levels.map { side in
            side.compactMap { text -> BookLevel? in
                let parts = text.split(separator: "\"").map(String.init)
                guard parts.count > 3, let price = Price(parts[1]), let size = Quantity(parts[3]) else {
                    return nil
                }
                return BookLevel(price: price, size: size)
            }
        }
        return OrderBookDelta(
            meta: EventMeta(source: .market),
            instrument: instrument,
            exchangeTime: 1,
            depth: 10,
            isSnapshot: isSnapshot,
            updateID: update,
            levels: ContiguousArray(sides.joined()),
            bidCount: sides[0].count
        )
    }
}
