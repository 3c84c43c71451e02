import NIOCore
import NIOWebSocket

/// The malformed frames a garbage fault sends: all that a broken or hostile server might.
enum Garbage {
    static let nestingDepth = 20_000

    static func frames(symbol: String, seed: UInt64) -> [(opcode: WebSocketOpcode, bytes: ByteBuffer)] {
        var random = SeededRandom(seed: seed)
        let noise = (0..<256).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let nested = String(repeating: "[", count: nestingDepth) + String(repeating: "]", count: nestingDepth)
        let texts = [
            "{\"topic\":\"orderbook.50.\(symbol)\",\"type\":\"delta\",\"ts\":17865400",
            nested,
            "{\"topic\":\"tickers.\(symbol)\",\"data\":\(nested)}",
            "{\"topic\":\"orderbook.50.\(symbol)\",\"type\":\"delta\",\"ts\":\"x\",\"data\":{\"s\":5,\"b\":{},\"u\":\"a\"}}",
            "{\"topic\":\"publicTrade.\(symbol)\",\"type\":\"snapshot\",\"ts\":1,\"data\":[{\"T\":[],\"p\":{},\"v\":true}]}",
            "{\"topic\":\"tickers.\(symbol)\",\"type\":7,\"data\":[1,2,3],\"cs\":-1}",
            "{\"topic\":\"kline.1.\(symbol)\",\"data\":[{\"start\":1e999,\"open\":\"NaN\",\"confirm\":\"yes\"}]}",
            "{\"topic\":42,\"data\":null}",
            "\"just a string\"", "[]", "",
        ]
        return texts.map { (.text, ByteBuffer(string: $0)) } + [(.binary, ByteBuffer(bytes: noise))]
    }
}
