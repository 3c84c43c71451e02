import Contracts
import Testing

@testable import MarketPlane

@Suite struct `A deep book` {
    private func delta(
        _ update: UInt64,
        bid: String = "10",
        size: String = "1",
        isSnapshot: Bool = false
    ) -> OrderBookDelta {
        let level = BookLevel(price: Price(bid) ?? .zero, size: Quantity(size) ?? .zero)
        let ask = BookLevel(price: Price("20") ?? .zero, size: Quantity("1") ?? .zero)
        return OrderBookDelta(
            meta: EventMeta(source: .market, ts: 1),
            instrument: .fixture(),
            exchangeTime: 1,
            depth: 1_000,
            isSnapshot: isSnapshot,
            updateID: update,
            levels: [level, ask],
            bidCount: 1
        )
    }

    @Test func `is compared only at the snapshot's own update`() {
        var book = DeepBook()
        var verdicts = [book.fold(delta(5, isSnapshot: true))]
        verdicts.append(book.compare(delta(5, isSnapshot: true)))
        verdicts.append(book.compare(delta(4, size: "9", isSnapshot: true)))
        verdicts.append(book.compare(delta(7, size: "3", isSnapshot: true)))
        verdicts.append(book.fold(delta(6, size: "2")))
        verdicts.append(book.fold(delta(7, size: "3")))
        verdicts.append(book.fold(delta(8, size: "4")))
        #expect(verdicts == [nil, .same, .late, .early, .early, .same, nil])
    }

    @Test func `says where it differs`() {
        var book = DeepBook()
        _ = book.fold(delta(5, isSnapshot: true))
        let verdict = book.compare(delta(5, size: "2", isSnapshot: true))
        #expect(verdict == .different(why: "bid 1 is 1 at 10 and not 2 at 10, at update 5"))
    }
}
