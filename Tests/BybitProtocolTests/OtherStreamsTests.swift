import BybitProtocol
import Contracts
import Testing

@Suite struct `Other streams` {
    /// The only event of one message, as the oracle would write it.
    private static func read(
        _ text: String,
        _ category: Contracts.Category = .linear
    ) -> (figures: [PushOracle.Figures], decoding: Decoding) {
        var decoding = Decoding(category)
        #expect(decoding.read(text) == nil, "\(text)")
        return (decoding.events.map(PushOracle.figures), decoding)
    }

    @Test func `give low insurance pools from JSON numbers and from strings`() {
        for quote in ["", "\""] {
            let (figures, decoding) = Self.read(
                """
                {"topic":"adlAlert.USDT","type":"snapshot","ts":5,"data":[{"c":"USDT","s":"BTCUSDT",\
                "b":\(quote)20341.25\(quote),"mb":\(quote)1e5\(quote),"i_pr":-0.3,"pr":\(quote)-0.125\(quote),\
                "adl_tt":10000,"adl_sr":-0.25}]}
                """
            )
            #expect(
                figures == [
                    [
                        "event": "market:adl_alert", "coin": "USDT", "symbol": "BTCUSDT",
                        "balance": "20341.25",
                        "highest": "100000", "ratio": "-0.125",
                    ]
                ]
            )
            #expect(decoding.decoder.counters.unknownFields == 0)
        }
    }

    @Test func `give the insurance pools that changed`() {
        let (figures, _) = Self.read(
            """
            {"topic":"insurance.USDT","type":"delta","ts":5,"data":[{"coin":"USDT","symbols":"A,B",\
            "balance":"1.50","updateTime":"1747722930000"},{"coin":"USDT","symbols":"C","balance":"2"}]}
            """
        )
        #expect(figures.map { $0["balance"] } == ["1.50", "2"])
        #expect(figures.map { $0["updated"] } == ["1747722930000", "5"])
    }

    @Test func `give announced maintenance and count a state that is not known`() {
        let (figures, decoding) = Self.read(
            """
            {"topic":"system.status","ts":5,"data":[{"id":"a-1","title":"Upgrade \\"one\\"","state":"ongoing",\
            "begin":"1751596902000","end":"1751597011000","href":"","serviceTypes":[2,5],"product":[1],\
            "uidSuffix":[],"maintainType":1,"env":1},{"id":"a-2","state":"dreaming","begin":1}]}
            """
        )
        #expect(
            figures == [
                [
                    "event": "market:exchange_status", "id": "a-1", "title": "Upgrade \"one\"",
                    "state": "ongoing", "begin": "1751596902000",
                ]
            ]
        )
        #expect(decoding.decoder.counters.unknownFields == 1)
    }

    @Test func `give price limits without any type`() {
        let (figures, _) = Self.read(
            #"{"topic":"priceLimit.X","data":{"symbol":"X","buyLmt":"1.10","sellLmt":"0.90"},"ts":1}"#,
            .spot
        )
        #expect(
            figures == [
                ["event": "market:price_limit", "instrument": "spot:X", "bid": "1.10", "ask": "0.90"]
            ]
        )
    }

    @Test func `give an option's trades their own contract`() {
        let (figures, decoding) = Self.read(
            """
            {"id":"publicTrade.BTC-1","topic":"publicTrade.BTC","ts":1,"type":"snapshot","data":[{"p":"985","v":"0.01",\
            "i":"0404c393-8419-5bac-95c3-5fea28404754","T":7,"BT":false,"s":"BTC-28APR23-29500-C","S":"Sell",\
            "mP":"1","iP":"2","mIv":"0.5","iv":"0.6"}]}
            """,
            .option
        )
        #expect(figures.map { $0["instrument"] } == ["option:BTC-28APR23-29500-C"])
        #expect(decoding.decoder.counters.unknownFields == 0)
    }

    @Test func `take an option's empty book with update 0, and the first change after it`() {
        var decoding = Decoding(.option)
        for update in 0...2 {
            decoding.read(
                """
                {"topic":"orderbook.25.X","type":"\(update == 0 ? "snapshot" : "delta")","ts":1,\
                "data":{"s":"X","b":[],"a":[],"u":\(update),"seq":1}}
                """
            )
        }
        #expect(decoding.books.count == 3)
        #expect(decoding.gaps.isEmpty)
    }

    @Test func `are read on when a side is not known, which is counted`() {
        let (figures, decoding) = Self.read(
            """
            {"topic":"publicTrade.X","data":[{"S":"Both","v":"1","p":"1","i":"1"},\
            {"S":"Buy","v":"1","p":"1","i":"2"}],"ts":1}
            """
        )
        #expect(figures.map { $0["id"] } == ["2"])
        #expect(decoding.decoder.counters.unknownFields == 1)
        #expect(decoding.decoder.counters.malformed == 0)
    }

    @Test(arguments: [
        #"{"topic":"priceLimit.X","data":{"symbol":"X","buyLmt":"1"},"ts":1}"#,
        #"{"topic":"priceLimit.X","data":"none","ts":1}"#,
        #"{"topic":"allLiquidation.X","data":[{"S":"Buy","v":"1"}],"ts":1}"#,
        #"{"topic":"allLiquidation.X","data":[{"S":"Buy","v":"1","p":"NaN"}],"ts":1}"#,
        #"{"topic":"insurance.USDT","data":[{"coin":"USDT","balance":"1e999"}],"ts":1}"#,
        #"{"topic":"adlAlert.USDT","data":[{"c":"USDT"}],"ts":1}"#,
        #"{"topic":"system.status","data":[{"id":"1"}],"ts":1}"#,
        #"{"topic":"kline.1.X","data":[{"start":-1}],"ts":1}"#,
        #"{"topic":"kline.1.X","data":{"start":1},"ts":1}"#,
        #"{"topic":"publicTrade.X","data":[{"S":7,"v":"1","p":"1","i":"2"}],"ts":1}"#,
        #"{"topic":"publicTrade.X","data":[{"S":"Buy","v":"1","p":"1","i":"2"}],"ts":1e999}"#,
    ])
    func `refuse with a reason what is malformed, and count it`(text: String) {
        var decoding = Decoding()
        #expect(decoding.read(text) != nil)
        #expect(decoding.decoder.counters.malformed == 1)
        #expect(decoding.output.events.isEmpty)
    }

    @Test func `refuse lists that never end`() {
        var decoding = Decoding()
        let trade = #"{"S":"Buy","v":"1","p":"1","i":"1"}"#
        let list = Array(repeating: trade, count: 17_000).joined(separator: ",")
        #expect(
            decoding.read(#"{"topic":"publicTrade.X","data":[\#(list)]}"#)
                == .tooMany(field: "data", limit: 16_384)
        )
    }
}
