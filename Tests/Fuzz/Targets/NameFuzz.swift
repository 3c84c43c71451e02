import BybitProtocol
import Contracts

/// The whole input is one name, wherever names stand.
enum NameFuzz {
    static func contradiction(in bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        let isPrintable = bytes.allSatisfy { (0x21...0x7E).contains($0) }
        let symbol = Symbol(text)
        if (symbol != nil) != (isPrintable && (1...32).contains(bytes.count)) {
            return "\(text) \(symbol == nil ? "was refused" : "was taken") as a symbol"
        }
        if let symbol, symbol.description != text || Symbol(symbol.description) != symbol {
            return "\(text) comes back as \(symbol)"
        }
        if let instrument = Instrument(text), Instrument(instrument.description) != instrument {
            return "\(text) comes back as \(instrument)"
        }
        if let id = TradeID(text), TradeID(id.description) != id { return "\(text) comes back as \(id)" }
        return FrameFuzz.contradiction(in: messages(with: bytes), .linear)
    }

    /// The name as a topic, as a topic's symbol, and as a member.
    private static func messages(with name: [UInt8]) -> [ArraySlice<UInt8>] {
        [
            (#"{"topic":""#, #"","type":"snapshot","ts":1,"data":{"u":1,"b":[["1","1"]],"a":[["2","1"]]}}"#),
            (#"{"topic":"orderbook.50."#, #"","type":"snapshot","ts":1,"data":{"u":1,"b":[],"a":[]}}"#),
            (
                #"{"topic":"tickers.X","type":"snapshot","ts":1,"data":{"symbol":"X","lastPrice":"1",""#,
                #"":"2"}}"#
            ),
            (
                #"{"topic":"publicTrade.X","ts":1,"data":[{"T":1,"s":"X","S":"Buy","v":"1","p":"1","i":""#,
                #""}]}"#
            ),
        ]
        .map { (Array($0.0.utf8) + name + Array($0.1.utf8))[...] }
    }
}
