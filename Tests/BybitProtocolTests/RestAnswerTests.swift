import BybitProtocol
import Contracts
import Testing

@Suite struct `A REST answer` {
    private let context = AnswerContext(
        category: .linear,
        symbol: Symbol("BTCUSDT"),
        minutes: 1,
        isBackfill: true,
        receivedAt: 1_700_000_000_000
    )

    private func read(
        _ result: String,
        _ kind: MarketAnswerKind,
        time: Int64 = 1_700_000_000_000
    ) throws -> MarketAnswer {
        let body = #"{"retCode":0,"retMsg":"","result":\#(result),"retExtInfo":{},"time":\#(time)}"#
        return try MarketAnswer(reading: Array(body.utf8), kind: kind, context: context)
    }

    @Test func `of candles has them oldest first, and only the closed ones confirmed`() throws {
        let answer = try read(
            """
            {"category":"linear","symbol":"BTCUSDT","list":[
            ["1699999980000","3","4","2","3.5","1e+06","9e-8"],["1699999920000","2","3","1","3","10","20"]]}
            """,
            .kline
        )
        guard case .klines(let candles) = answer.content else {
            Issue.record("\(answer)")
            return
        }
        #expect(candles.map(\.start) == [1_699_999_920_000, 1_699_999_980_000])
        #expect(candles.map(\.end) == [1_699_999_979_999, 1_700_000_039_999])
        #expect(candles.map(\.isConfirmed) == [true, false])
        #expect(candles.map(\.volume) == [10, 1_000_000])
        #expect(candles.last?.turnover == Money("0.00000009"))
        #expect(candles.map(\.isBackfill) == [true, true])
    }

    @Test(arguments: [
        (1_706_745_600_000 as Int64, 1_709_251_199_999 as Int64),  // February of a leap year
        (1_701_388_800_000, 1_704_067_199_999),  // December
        (1_675_209_600_000, 1_677_628_799_999),  // February
    ]) func `of monthly candles ends them with the calendar's month`(start: Int64, end: Int64) {
        #expect(CandleLength.end(of: start, minutes: 43_200) == end)
        #expect(CandleLength.name(minutes: 43_200) == "M")
        #expect(CandleLength.name(minutes: 240) == "240")
    }

    @Test func `of trades keeps the exchange's order within a millisecond`() throws {
        func row(_ id: Int, _ time: Int) -> String {
            """
            {"execId":"\(id)","symbol":"BTCUSDT","price":"1","size":"2","side":"Sell","time":"\(time)",\
            "isBlockTrade":false,"isRPITrade":true,"seq":"7"}
            """
        }
        let answer = try read(
            "{\"list\":[\(row(4, 20)),\(row(3, 10)),\(row(2, 10)),\(row(1, 10))]}",
            .recentTrade
        )
        guard case .trades(let trades) = answer.content else {
            Issue.record("\(answer)")
            return
        }
        #expect(trades.map(\.id) == [.number(1), .number(2), .number(3), .number(4)])
    }

    @Test func `refuses the rows that can't be read and keeps the others`() throws {
        let good = #"["1699999920000","2","3","1","3","10","20"]"#
        for bad in [
            "[]", "{}", "7", #"["x","2","3","1","3","10","20"]"#, #"["1","2","3","1","NaN","10","20"]"#,
            #"["1","2","3","1","1e999","1","1"]"#, #"["1","2","3","1","3"]"#,
            #"["-1","2","3","1","3","1","1"]"#,
        ] {
            let answer = try read("{\"list\":[\(bad),\(good)]}", .kline)
            guard case .klines(let candles) = answer.content else {
                Issue.record("\(answer)")
                return
            }
            #expect(candles.count == 1, "\(bad)")
            #expect(answer.refused.count == 1, "\(bad)")
        }
    }

    @Test(arguments: [
        "", "<html><body>403 Forbidden</body></html>", "null", "7", "[]", "{", #"{"retCode":0}"#,
        #"{"retCode":"zero","result":{}}"#, #"{"retCode":0,"result":null}"#, #"{"retCode":0,"result":{}} x"#,
        #"{"retCode":0,"result":{"list":7}}"#, #"{"result":{"list":[]}}"#, "\u{0}\u{1}",
    ]) func `that is none is unreadable, never a crash`(body: String) {
        for kind in MarketAnswerKind.allCases {
            #expect {
                try MarketAnswer(reading: Array(body.utf8), kind: kind, context: context)
            } throws: { error in
                if case RestError.unreadable = error { true } else { false }
            }
        }
    }

    @Test func `nested without end or full of values is refused`() {
        let deep = String(repeating: "[", count: 100_000)
        let wide = "[" + String(repeating: "1,", count: 500_000) + "1]"
        for result in [deep, wide] {
            #expect(throws: RestError.self) { try read(result, .kline) }
        }
    }

    @Test func `tells a refusal by its code, in every form it is sent`() {
        for body in [
            #"{"retCode":10006,"retMsg":"Too many visits!","result":{},"time":1}"#,
            #"{"retCode":"10006","retMsg":"Too many visits!","result":null}"#,
        ] {
            #expect(throws: RestError.refused(code: 10_006, message: "Too many visits!")) {
                try MarketAnswer(reading: Array(body.utf8), context: context)
            }
        }
    }

    @Test func `of the time is exact to the nanosecond`() throws {
        let answer = try read(
            #"{"timeSecond":"1666879482","timeNano":"1666879482792685914","extra":{"a":[1]}}"#,
            .time
        )
        #expect(answer.content == .serverTime(nanoseconds: 1_666_879_482_792_685_914))
        #expect(
            try read(#"{"timeSecond":"1666879482"}"#, .time).content
                == .serverTime(nanoseconds: 1_666_879_482_000_000_000)
        )
    }

    @Test func `of an option's ticker reads the names that REST gives`() throws {
        let body = """
            {"retCode":0,"result":{"category":"option","list":[{"symbol":"BTC-30JUN23-100000-C","bid1Price":"5",\
            "bid1Iv":"0.7","ask1Iv":"0.9","markIv":"0.8","underlyingPrice":"27000","delta":"0.1","news":7,\
            "openInterest":"12"}]}}
            """
        let answer = try MarketAnswer(
            reading: Array(body.utf8),
            kind: .tickers,
            context: AnswerContext(receivedAt: 1)
        )
        guard case .tickers(let tickers) = answer.content else {
            Issue.record("\(answer)")
            return
        }
        let option = try #require(tickers.first?.ticker.option)
        #expect(option.bidVolatility == Ratio("0.7"))
        #expect(option.askVolatility == Ratio("0.9"))
        #expect(option.markVolatility == Ratio("0.8"))
        #expect(option.openInterest == 12)
        #expect(tickers.first?.openInterest == nil)
    }

    @Test(arguments: [
        ("Trading", InstrumentSpec.Status.trading), ("PreLaunch", .preLaunch), ("Delivering", .delivering),
        ("Closed", .closed), ("SomethingNew", .other),
    ]) func `of instruments knows every status`(text: String, status: InstrumentSpec.Status) throws {
        let answer = try read(
            """
            {"list":[{"symbol":"X","status":"\(text)","priceFilter":{"tickSize":"1"},\
            "lotSizeFilter":{"qtyStep":"1"}}],"nextPageCursor":"a%3Db"}
            """,
            .instruments
        )
        guard case .instruments(let rules) = answer.content else {
            Issue.record("\(answer)")
            return
        }
        #expect(rules.map(\.spec.status) == [status])
        #expect(answer.nextPageCursor == "a%3Db")
    }

    @Test func `of random bytes never crashes`() {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        let seed = Array(
            #"{"retCode":0,"result":{"list":[["1","2","3","4","5","6","7"],{"execId":"1"}],"time":1}}"#.utf8
        )
        for _ in 0..<20_000 {
            var body = seed
            for _ in 0..<3 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                body[Int(state >> 33) % body.count] = UInt8(truncatingIfNeeded: state >> 25)
            }
            _ = try? MarketAnswer(reading: body, context: context)
        }
    }
}
