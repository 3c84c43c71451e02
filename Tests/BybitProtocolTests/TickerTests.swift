import BybitProtocol
import Contracts
import Testing

@Suite struct `Ticker decoding` {
    static let snapshot = """
        {"topic":"tickers.ETHUSDT","type":"snapshot","data":{"symbol":"ETHUSDT","tickDirection":"PlusTick",\
        "price24hPcnt":"0.0123","lastPrice":"2500.10","markPrice":"2500.05","indexPrice":"2500.31",\
        "openInterest":"812345.67","openInterestValue":"2030904791.34","turnover24h":"1234567890.1",\
        "volume24h":"498765.43","nextFundingTime":"1786550400000","fundingRate":"0.0001","fundingIntervalHour":"8",\
        "bid1Price":"2500.10","bid1Size":"12.5","ask1Price":"2500.11","ask1Size":"3.2"},"cs":700001,"ts":1786540000000}
        """

    static func delta(_ fields: String, cs: Int = 700_009) -> String {
        """
        {"topic":"tickers.ETHUSDT","type":"delta","data":{"symbol":"ETHUSDT"\(fields)},"cs":\(cs),"ts":1786540000100}
        """
    }

    @Test func `merges a change into what was said before`() throws {
        var decoding = Decoding()
        #expect(decoding.read(Self.snapshot) == nil)
        #expect(decoding.read(Self.delta(#","ask1Price":"2500.12","ask1Size":"1.0""#)) == nil)
        let ticker = try #require(decoding.tickers.last)
        #expect(ticker.instrument.description == "linear:ETHUSDT")
        #expect(ticker.askPrice?.description == "2500.12")
        #expect(ticker.bidPrice?.description == "2500.10")
        #expect(ticker.markPrice == Price("2500.05"))
        #expect(ticker.turnover24h == Money("1234567890.1"))
        #expect(ticker.exchangeTime == 1_786_540_000_100)
    }

    @Test func `tells open interest and funding only when they changed`() {
        var decoding = Decoding()
        decoding.read(Self.snapshot)
        decoding.read(Self.delta(#","indexPrice":"2500.40""#))
        decoding.read(Self.delta(#","openInterest":"812346","fundingRate":"0.0001""#))
        #expect(
            decoding.interests.map(\.openInterest)
                == [Quantity("812345.67"), Quantity("812346")].compactMap(\.self)
        )
        #expect(decoding.fundings.map(\.nextFundingTime) == [1_786_550_400_000])
    }

    @Test func `drops a change that is older than the state`() {
        var decoding = Decoding()
        decoding.read(Self.snapshot)
        decoding.read(Self.delta(#","lastPrice":"1""#, cs: 700_000))
        #expect(decoding.tickers.count == 1)
        #expect(decoding.decoder.counters.outdated == 1)
    }

    @Test func `waits for a snapshot before it believes a change`() {
        var decoding = Decoding()
        decoding.read(Self.delta(#","lastPrice":"1""#))
        #expect(decoding.events.isEmpty)
        #expect(decoding.decoder.counters.unanchored == 1)
    }

    @Test func `gives nothing more of a stream once a message of it was unreadable`() {
        var decoding = Decoding()
        decoding.read(Self.snapshot)
        decoding.read(Self.delta(#","lastPrice":"twelve""#))
        decoding.read(Self.delta(#","lastPrice":"12""#))
        #expect(decoding.gaps.map(\.topic.description) == ["tickers.ETHUSDT"])
        #expect(decoding.tickers.count == 1)
    }

    @Test func `leaves out a side figure that has no exact value`() throws {
        var decoding = Decoding()
        decoding.read(
            #"{"topic":"tickers.X","type":"snapshot","ts":1,"data":{"lastPrice":"1","volume24h":"99999999999999999999"}}"#
        )
        let ticker = try #require(decoding.tickers.first)
        #expect(ticker.volume24h == nil)
        #expect(ticker.lastPrice == 1)
        #expect(decoding.decoder.counters.unrepresentable == 1)
    }

    @Test func `reads numbers in scientific notation, JSON numbers, and escapes`() throws {
        var decoding = Decoding()
        let text = """
            {"data":{"lastPrice":"1e+06","markPrice":2.5,"indexPrice":"9e-8","bid1Price":"","ask1Price":null,\
            "s\\u0079mbol":"BTC\\u0055SDT"},"t\\u006fpic":"tickers.BTCUSDT","ts":5}
            """
        #expect(decoding.read(text) == nil)
        let ticker = try #require(decoding.tickers.first)
        #expect(ticker.lastPrice == 1_000_000)
        #expect(ticker.markPrice == Price("2.5"))
        #expect(ticker.indexPrice?.description == "0.00000009")
        #expect(ticker.bidPrice == nil)
        #expect(ticker.askPrice == nil)
        #expect(ticker.instrument.symbol.description == "BTCUSDT")
    }
}

@Suite struct `Decimal reading` {
    @Test(arguments: [
        "0", "-0.5", "1.50", "999999999999999999", "9223372036854775807", "123456789.0123456789", "-12",
        "00.10",
        "0.000000000000000001",
    ])
    func `agrees with the exact parser`(text: String) {
        var decoding = Decoding()
        decoding.read(#"{"topic":"tickers.X","type":"snapshot","ts":1,"data":{"lastPrice":"\#(text)"}}"#)
        #expect(decoding.tickers.first?.lastPrice == Price(text))
        #expect(decoding.tickers.first?.lastPrice?.description == Price(text)?.description)
    }

    @Test(arguments: ["1..2", "1.2.3", "-", ".5", "+1", "1x", "--1", "1e", "e5"])
    func `refuses what is no number`(text: String) {
        var decoding = Decoding()
        decoding.read(#"{"topic":"tickers.X","type":"snapshot","ts":1,"data":{"lastPrice":"\#(text)"}}"#)
        #expect(decoding.tickers.isEmpty)
        #expect(decoding.gaps.count == 1)
    }
}
