import BybitProtocol
import Contracts
import Testing

@Suite struct `Frame decoder` {
    static let seeds = [
        `Ticker decoding`.snapshot, `Order book decoding`.snapshot,
        #"{"topic":"publicTrade.X","data":[{"T":1,"s":"X","S":"Buy","v":"1","p":"1","i":"1","BT":false}]}"#,
        #"{"success":false,"ret_msg":"a\u003eb\n","op":"subscribe","data":{"failTopics":["\\"]},"type":"COMMAND_RESP"}"#,
    ]

    @Test func `reads no truncated message`() {
        for seed in Self.seeds {
            let bytes = Array(seed.utf8)
            for length in 0..<bytes.count {
                var decoding = Decoding()
                #expect(decoding.read(Array(bytes[..<length])) != nil, "a message cut at \(length) was read")
            }
        }
    }

    @Test func `survives any damage`() {
        var state: UInt64 = 42
        func random(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(limit))
        }
        var decoding = Decoding()
        for round in 0..<4_000 {
            var bytes = Array(Self.seeds[round % Self.seeds.count].utf8)
            for _ in 0...random(4) {
                switch random(3) {
                case 0: bytes[random(bytes.count)] = UInt8(random(256))
                case 1: bytes.insert(UInt8(random(256)), at: random(bytes.count))
                default: bytes.remove(at: random(bytes.count))
                }
            }
            decoding.read(bytes)
        }
        #expect(decoding.decoder.counters.frames == 4_000)
    }

    @Test func `refuses endless nesting`() {
        var decoding = Decoding()
        let deep = #"{"data":"# + String(repeating: "[", count: 100_000)
        #expect(decoding.read(deep) == .tooDeep(limit: 32))
    }

    @Test(arguments: [
        "", " ", "null", "[]", "{", "{}x", #"{"topic":}"#, #"{"a":tru}"#, "\u{0}", #"{"topic":"tickers.X"}"#,
    ])
    func `tells what it can't read`(text: String) {
        var decoding = Decoding()
        #expect(decoding.read(text) != nil)
    }
}
