import BybitProtocol
import Contracts
import Testing

@Suite struct `Instruments' answer` {
    private let meta = EventMeta(source: .market, ts: 1)

    @Test func `gives a contract's trading rules`() throws {
        let body = """
            {"retCode":0,"retMsg":"OK","result":{"category":"linear","list":[{"symbol":"BTCUSDT","status":"Trading",\
            "baseCoin":"BTC","quoteCoin":"USDT","leverageFilter":{"minLeverage":"1","maxLeverage":"100.00"},\
            "priceFilter":{"minPrice":"0.10","tickSize":"0.10"},"lotSizeFilter":{"maxOrderQty":"1190.000",\
            "minOrderQty":"0.001","qtyStep":"0.001","minNotionalValue":"5"},"unifiedMarginTrade":true}],\
            "nextPageCursor":""},"retExtInfo":{},"time":1}
            """
        let answer = try InstrumentsAnswer(reading: Array(body.utf8), category: .linear, meta: meta)
        let spec = try #require(answer.instruments.first)
        #expect(spec.instrument.description == "linear:BTCUSDT")
        #expect(spec.status == .trading)
        #expect(spec.tickSize.description == "0.10")
        #expect(spec.quantityStep == Quantity("0.001"))
        #expect(spec.quantityMax == 1_190)
        #expect(spec.notionalMin == 5)
        #expect(spec.leverageMax == 100)
    }

    @Test func `takes spot's base precision for the step`() throws {
        let body = """
            {"retCode":0,"result":{"list":[{"symbol":"BTCUSDT","baseCoin":"BTC","quoteCoin":"USDT","status":"Trading",\
            "lotSizeFilter":{"basePrecision":"0.000001","minOrderAmt":"1","maxLimitOrderQty":"83"},\
            "priceFilter":{"tickSize":"0.01"}},{"symbol":"BAD","priceFilter":{"tickSize":"0"}}]}}
            """
        let answer = try InstrumentsAnswer(reading: Array(body.utf8), category: .spot, meta: meta)
        #expect(answer.instruments.map(\.quantityStep) == [Quantity("0.000001")].compactMap(\.self))
        #expect(answer.instruments.map(\.quantityMin) == [Quantity("0.000001")].compactMap(\.self))
        #expect(answer.instruments.map(\.quantityMax) == [83])
        #expect(answer.refused.count == 1)
    }

    @Test func `tells a refusal by its code`() {
        let body = #"{"retCode":10001,"retMsg":"Not supported symbols","result":{}}"#
        #expect(throws: RestError.refused(code: 10_001, message: "Not supported symbols")) {
            try InstrumentsAnswer(reading: Array(body.utf8), category: .linear, meta: meta)
        }
        #expect(throws: RestError.self) {
            try InstrumentsAnswer(reading: Array("<html>".utf8), category: .linear, meta: meta)
        }
    }
}
