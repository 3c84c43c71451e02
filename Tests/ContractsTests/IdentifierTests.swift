import Contracts
import Testing

@Suite struct `An identifier` {
    @Test(arguments: 0..<32 as Range<UInt64>)
    func `of a symbol round-trips and sorts as its text`(seed: UInt64) throws {
        var random = Seeded(seed)
        var last: (text: String, symbol: Symbol)?
        for _ in 0..<50 {
            let bytes = (0..<Int.random(in: 1...32, using: &random)).map { _ in
                UInt8.random(in: 0x21...0x7E, using: &random)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let symbol = try Symbol(ascii: bytes)
            #expect(symbol.description == text)
            #expect(try Symbol(ascii: bytes).hashValue == symbol.hashValue)
            if let last {
                #expect((last.symbol < symbol) == last.text.utf8.lexicographicallyPrecedes(text.utf8))
                #expect((last.symbol == symbol) == (last.text == text))
            }
            last = (text, symbol)
        }
    }

    @Test func `of a symbol is 1 to 32 printable ASCII characters`() {
        #expect(throws: SymbolError.empty) { try Symbol(ascii: []) }
        #expect(throws: SymbolError.tooLong) { try Symbol(ascii: [UInt8](repeating: 0x41, count: 33)) }
        #expect(throws: SymbolError.character(0x20)) { try Symbol(ascii: "A B".utf8) }
        #expect(throws: SymbolError.character(0x7F)) { try Symbol(ascii: [0x7F]) }
        #expect(throws: SymbolError.character(0xC3)) { try Symbol(ascii: "é".utf8) }
    }

    @Test(arguments: [
        "linear:BTCUSDT", "spot:BTCUSDT", "inverse:BTCUSD", "option:BTC-26DEC25-100000-C", "spot:A:B",
    ])
    func `of an instrument round-trips`(text: String) {
        #expect(Instrument(text)?.description == text)
    }

    @Test(arguments: [
        "", "BTCUSDT", ":BTCUSDT", "linear:", "linear:A B", "futures:BTCUSDT", "LINEAR:BTCUSDT",
    ])
    func `of an instrument is category and symbol, nothing else`(text: String) {
        #expect(Instrument(text) == nil)
    }

    @Test(arguments: [
        "intent-1", "intent-18446744073709551615", "research-9", "01234567-89ab-cdef-ffff-ffffffffffff",
    ])
    func `of a chain round-trips`(text: String) { #expect(CorrelationID(text)?.description == text) }

    @Test(arguments: [
        "", "intent", "intent-", "intent--1", "intent-+1", "intent-01", "intent-18446744073709551616",
        "order-1",
        "01234567-89ab-cdef-ffff-fffffffffff", "0123456789abcdefffffffffffffffff",
        "g1234567-89ab-cdef-ffff-ffffffffffff",
    ])
    func `of a chain is nothing else`(text: String) { #expect(CorrelationID(text) == nil) }

    @Test(arguments: 0..<16 as Range<UInt64>)
    func `of a command is a UUID in either case`(seed: UInt64) {
        var random = Seeded(seed)
        let key = CommandKey(high: random.next() >> (seed * 4), low: random.next() >> (seed * 4))
        #expect(key.description.utf8.count == 36)
        #expect(CommandKey(key.description) == key)
        #expect(CommandKey(key.description.uppercased()) == key)
    }

    @Test(arguments: [
        ("123456", TradeID.number(123_456)), ("18446744073709551615", .number(.max)),
        ("00000000-0000-0001-0000-000000000002", .uuid(high: 1, low: 2)),
    ])
    func `of a trade is kept small`(text: String, id: TradeID) {
        #expect(TradeID(text) == id)
        #expect(id.description == text)
    }

    @Test(arguments: ["007", "+5", "abc", "18446744073709551616"])
    func `of a trade that is neither number nor UUID stays as sent`(text: String) {
        #expect(TradeID(text)?.description == text)
        #expect(TradeID(text) == Symbol(text).map(TradeID.text))
    }

    @Test func `of a trade is never empty or too long`() {
        #expect(TradeID("") == nil)
        #expect(TradeID(String(repeating: "x", count: 33)) == nil)
    }

    @Test(arguments: [
        "tickers", "publicTrade", "orderbook.50", "kline.1", "kline.D", "kline.W", "kline.M",
        "allLiquidation",
        "priceLimit", "adlAlert", "insurance", "system.status",
    ])
    func `of a stream round-trips`(text: String) { #expect(MarketStream(text)?.description == text) }

    @Test(arguments: ["", "ticker", "orderbook", "orderbook.0", "orderbook.-1", "kline.", "kline.Y"])
    func `of a stream is nothing else`(text: String) { #expect(MarketStream(text) == nil) }

    @Test func `of an order names instance, intent and index`() {
        #expect(OrderID(instance: "main", intent: 41, index: 0).rawValue == "tb1-main-19-0")
        for (intent, index) in [(0, 9), (31, 10), (32, 99), (1 << 60, 100), (UInt64.max, 12_345)] {
            let text = "tb1-main-\(String(intent, radix: 32))-\(index)"
            #expect(OrderID(instance: "main", intent: intent, index: index).rawValue == text)
        }
    }
}
