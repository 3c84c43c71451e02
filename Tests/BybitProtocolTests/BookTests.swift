import BybitProtocol
import Contracts
import Testing

@Suite struct `Order book decoding` {
    static func message(
        _ kind: String,
        bids: String,
        asks: String,
        update: Int,
        depth: Int = 50
    ) -> String {
        """
        {"topic":"orderbook.\(depth).ETHUSDT","type":"\(kind)","ts":1786540000300,"data":{"s":"ETHUSDT","b":[\(bids)],\
        "a":[\(asks)],"u":\(update),"seq":700011},"cts":1786540000298}
        """
    }

    static let snapshot = message(
        "snapshot",
        bids: #"["2500.10","12.50"],["2500.09","1.00"]"#,
        asks: #"["2500.11","3.20"]"#,
        update: 1_001
    )

    @Test func `gives out the messages that make the book`() {
        var decoding = Decoding()
        decoding.read(Self.snapshot)
        decoding.read(
            Self.message("delta", bids: #"["2500.09","0"]"#, asks: #"["2500.12","0.50"]"#, update: 1_002)
        )
        #expect(decoding.books.map(\.isSnapshot) == [true, false])
        #expect(decoding.books.first?.exchangeTime == 1_786_540_000_298)
        let book = decoding.book(depth: 50)
        #expect(book.bids.map(\.price.description) == ["2500.10"])
        #expect(book.asks.map(\.price.description) == ["2500.12", "2500.11"])
    }

    @Test func `tells a gap once and gives nothing until the next snapshot`() {
        var decoding = Decoding()
        decoding.read(Self.snapshot)
        decoding.read(Self.message("delta", bids: "", asks: "", update: 1_003))
        decoding.read(Self.message("delta", bids: "", asks: "", update: 1_004))
        #expect(decoding.gaps.map(\.reason) == [.skipped(expected: 1_002, got: 1_003)])
        #expect(decoding.books.count == 1)
        decoding.read(Self.message("snapshot", bids: "", asks: "", update: 2_000))
        decoding.read(Self.message("delta", bids: "", asks: "", update: 2_001))
        #expect(decoding.books.count == 3)
    }

    @Test func `takes update 1 for a snapshot whatever it is called`() {
        var decoding = Decoding()
        decoding.read(Self.snapshot)
        decoding.read(Self.message("delta", bids: #"["1","1"]"#, asks: "", update: 1))
        #expect(decoding.gaps.isEmpty)
        #expect(decoding.books.last?.isSnapshot == true)
    }

    @Test func `does not give out a crossed book`() {
        var decoding = Decoding()
        decoding.read(Self.snapshot)
        decoding.read(Self.message("delta", bids: #"["2500.11","1"]"#, asks: "", update: 1_002))
        #expect(decoding.gaps.map(\.reason) == [.crossed])
        #expect(decoding.books.count == 1)
    }

    @Test func `finds a change before any snapshot broken`() {
        var decoding = Decoding()
        decoding.read(Self.message("delta", bids: "", asks: "", update: 7))
        #expect(decoding.gaps.map(\.reason) == [.deltaBeforeSnapshot])
    }

    @Test func `lets level 1 repeat itself`() {
        var decoding = Decoding()
        for _ in 0..<2 {
            decoding.read(
                Self.message("snapshot", bids: #"["1","1"]"#, asks: #"["2","1"]"#, update: 5, depth: 1)
            )
        }
        decoding.read(Self.message("delta", bids: #"["1","1"]"#, asks: "", update: 5, depth: 1))
        #expect(decoding.gaps.isEmpty)
        #expect(decoding.books.count == 2)
    }

    @Test func `takes the sides in either order`() {
        var decoding = Decoding()
        decoding.read(
            #"{"data":{"u":9,"a":[["2","1"]],"b":[["1","4"],["0.5","1"]]},"ts":1,"type":"snapshot","topic":"orderbook.50.X"}"#
        )
        #expect(decoding.books.first?.bidCount == 2)
        #expect(decoding.books.first?.asks.map(\.price) == [2])
    }

    @Test func `breaks the book whose message can't be read`() {
        var decoding = Decoding()
        decoding.read(Self.snapshot)
        decoding.read(Self.message("delta", bids: #"["2500.09"]"#, asks: "", update: 1_002))
        #expect(decoding.gaps.count == 1)
        decoding.read(Self.message("delta", bids: "", asks: "", update: 1_003))
        #expect(decoding.books.count == 1)
    }
}
