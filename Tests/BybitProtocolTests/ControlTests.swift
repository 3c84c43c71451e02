import BybitProtocol
import Contracts
import Testing

@Suite struct `Control messages` {
    @Test(arguments: [
        #"{"success":true,"ret_msg":"pong","conn_id":"…","op":"ping"}"#,
        #"{"success":true,"ret_msg":"pong","conn_id":"…","req_id":"","op":"ping"}"#,
        #"{"args":["1672916271846"],"op":"pong"}"#,
        #"{"req_id":"1","op":"pong","args":["1675418560633"],"conn_id":"…"}"#,
        #"{"retCode":0,"retMsg":"OK","op":"pong","data":["1711002002529"],"connId":"…"}"#,
    ])
    func `know a pong in every shape`(text: String) {
        var decoding = Decoding()
        #expect(decoding.read(text) == nil)
        #expect(decoding.output.control == .pong)
    }

    @Test func `tell what became of a request`() {
        var decoding = Decoding()
        decoding.read(#"{"success":true,"ret_msg":"subscribe","conn_id":"c","req_id":"a1","op":"subscribe"}"#)
        #expect(decoding.output.control == .subscribed(requestID: "a1"))
        decoding.read(#"{"success":true,"ret_msg":"","conn_id":"c","req_id":"","op":"unsubscribe"}"#)
        #expect(decoding.output.control == .unsubscribed(requestID: nil))
        decoding.read(
            #"{"success":false,"ret_msg":"args size \u003e10","conn_id":"c","req_id":"7","op":"subscribe"}"#
        )
        #expect(
            decoding.output.control
                == .refused(operation: "subscribe", requestID: "7", reason: "args size >10", topics: [])
        )
        decoding.read(
            #"{"success":true,"conn_id":"c","data":{"failTopics":["tickers.X"],"successTopics":[]},"type":"COMMAND_RESP"}"#
        )
        #expect(
            decoding.output.control
                == .refused(
                    operation: "subscribe",
                    requestID: nil,
                    reason: "refused without a reason",
                    topics: ["tickers.X"]
                )
        )
        decoding.read(#"{"op":"auth","success":true}"#)
        #expect(decoding.output.control == .other("auth"))
    }

    @Test(arguments: [
        (
            #"{"success":true,"ret_msg":"","conn_id":"c","req_id":17,"op":"subscribe"}"#,
            ControlMessage.subscribed(requestID: "17")
        ),
        (
            #"{"success":false,"ret_msg":"Params Error","op":"auth","conn_id":"c"}"#,
            .other("auth")
        ),
        (#"{"reqId":"1","retCode":0,"retMsg":"OK","op":"auth","connId":"c"}"#, .other("auth")),
        (
            #"{"reqId":"1","retCode":170131,"retMsg":"no","op":"order.create","data":{},"header":{},"connId":"c"}"#,
            .other("order.create")
        ),
        (
            #"{"retCode":10404,"retMsg":"no such","op":"subscribe","reqId":"4","connId":"c"}"#,
            .refused(operation: "subscribe", requestID: "4", reason: "no such", topics: [])
        ),
        (
            #"{"success":false,"ret_msg":"error:handler not found,topic:x","conn_id":"c","req_id":"","op":""}"#,
            .refused(
                operation: "subscribe",
                requestID: nil,
                reason: "error:handler not found,topic:x",
                topics: []
            )
        ),
        (
            #"{"success":true,"conn_id":"c","data":{"failTopics":[],"successTopics":["a"]},"type":"COMMAND_RESP"}"#,
            .subscribed(requestID: nil)
        ),
        (#"{"success":true,"conn_id":"c","data":null,"type":"COMMAND_RESP"}"#, .subscribed(requestID: nil)),
    ])
    func `are told apart`(text: String, message: ControlMessage) {
        var decoding = Decoding()
        #expect(decoding.read(text) == nil)
        #expect(decoding.output.control == message)
    }

    @Test func `count what is not known and fail on none of it`() {
        var decoding = Decoding()
        #expect(decoding.read(#"{"topic":"orderbook.rpi.BTCUSDT","data":{"s":"BTCUSDT"},"ts":1}"#) == nil)
        #expect(
            decoding.read(#"{"topic":"tickers.X","data":{"brandNew":[1,{"a":null}]},"ts":1,"more":1}"#) == nil
        )
        #expect(decoding.decoder.counters.unknownTopics == 1)
        #expect(decoding.decoder.counters.unknownFields == 2)
    }
}

@Suite struct `Client requests` {
    private static func topics(_ count: Int) -> [StreamTopic] {
        (0..<count).compactMap { number in
            Symbol("COIN\(number)USDT").map { StreamTopic(stream: .ticker, symbol: $0) }
        }
    }

    @Test func `are the JSON that the exchange reads`() {
        let topics = Self.topics(2)
        #expect(
            ClientRequest.subscribe(topics: topics, requestID: "5").text
                == #"{"req_id":"5","op":"subscribe","args":["tickers.COIN0USDT","tickers.COIN1USDT"]}"#
        )
        #expect(ClientRequest.ping(requestID: "6").text == #"{"req_id":"6","op":"ping"}"#)
    }

    @Test func `stay within ten arguments on spot`() {
        let chunks = RequestLimits.chunks(of: Self.topics(25), category: .spot)
        #expect(chunks.map(\.count) == [10, 10, 5])
        #expect(Array(chunks.joined()) == Self.topics(25))
    }

    @Test func `stay within the characters that the exchange takes`() {
        let topics = Self.topics(3_000)
        for chunk in RequestLimits.chunks(of: topics, category: .linear) {
            #expect(chunk.map(RequestLimits.cost).reduce(0, +) <= RequestLimits.charactersMax)
        }
    }
}
