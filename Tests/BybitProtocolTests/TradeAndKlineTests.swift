import BybitProtocol
import Contracts
import Testing

@Suite struct `Trade and candle decoding` {
    @Test func `keeps ids as they were sent`() {
        var decoding = Decoding()
        decoding.read(
            """
            {"topic":"publicTrade.ETHUSDT","type":"snapshot","ts":1786540000200,"data":[\
            {"T":1786540000198,"s":"ETHUSDT","S":"Sell","v":"0.25","p":"2500.10","L":"MinusTick",\
            "i":"0b0f0f4e-1111-5222-8333-444455556666","BT":false,"RPI":false,"seq":700010},\
            {"T":1786540000199,"s":"ETHUSDT","S":"Buy","v":"1","p":"2500.11","i":"2290000000050703789","BT":true},\
            {"T":1786540000199,"s":"ETHUSDT","S":"Buy","v":"1","p":"2500.11","i":"007","BT":false}]}
            """
        )
        #expect(
            decoding.trades.map(\.id.description)
                == ["0b0f0f4e-1111-5222-8333-444455556666", "2290000000050703789", "007"]
        )
        #expect(decoding.trades.map(\.id) == decoding.trades.compactMap { TradeID($0.id.description) })
        #expect(decoding.trades.map(\.side) == [.sell, .buy, .buy])
        #expect(decoding.trades.map(\.isBlockTrade) == [false, true, false])
        #expect(decoding.trades.first?.exchangeTime == 1_786_540_000_198)
    }

    @Test func `gives all trades of a message or none`() {
        var decoding = Decoding()
        let error = decoding.read(
            #"{"topic":"publicTrade.X","data":[{"S":"Buy","v":"1","p":"1","i":"1"},{"S":"Buy","v":"1","i":"2"}]}"#
        )
        #expect(error == .missing(field: "p"))
        #expect(decoding.events.isEmpty)
        #expect(decoding.decoder.counters.malformed == 1)
    }

    @Test(arguments: [("1", 1), ("240", 240), ("D", 1_440), ("W", 10_080)])
    func `reads candles of each interval`(name: String, minutes: Int) throws {
        var decoding = Decoding()
        decoding.read(
            """
            {"topic":"kline.\(name).BTCUSDT","data":[{"start":1786540380000,"end":1786540439999,"interval":"\(name)",\
            "open":"63975","close":"63971.2","high":"63975","low":"63971.2","volume":"0.329","turnover":"21047.0079",\
            "confirm":true,"timestamp":1786540381441}],"ts":1786540381441,"type":"snapshot"}
            """
        )
        let candle = try #require(decoding.klines.first)
        #expect(candle.minutes == minutes)
        #expect(candle.isConfirmed)
        #expect(candle.turnover == Money("21047.0079"))
        let stream = StreamTopic(stream: .kline(minutes: minutes), symbol: candle.instrument.symbol)
        #expect(stream.description == "kline.\(name).BTCUSDT")
    }
}
