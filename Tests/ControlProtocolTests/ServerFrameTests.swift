import ControlProtocol
import Testing

@Suite struct `Server frame` {
    private func decode(_ text: String) throws(ServerFrameError) -> ServerFrame {
        try ServerFrame(decoding: Array(text.utf8))
    }

    private static let greeting = Greeting(
        version: "0.1.0",
        mode: "paper",
        instance: "main",
        role: "operator",
        schema: "sha256:00"
    )
    private static let refusal = ControlError(
        .gatePaused,
        "Orders are paused.",
        hint: "botctl resume",
        isRetryable: false,
        sequence: 18231
    )

    @Test(
        arguments: [
            .greeting(greeting), .answer(id: "7", sequence: 18231, [JSONMember("changed", true)]),
            .error(id: "7", refusal), .error(id: nil, ControlError(.busy, "Later.", isRetryable: true)),
            .event(sequence: 18240, topic: "exec:order_event", payload: .tree(["a": [1, "b"]])),
            .gap(from: 3, to: 9), .heartbeat(sequence: 18240),
        ] as [ServerFrame]
    )
    func `survives the wire`(frame: ServerFrame) throws {
        let line = frame.encodedLine()
        #expect(line.last == 0x0A)
        #expect(try ServerFrame(decoding: Array(line.dropLast())) == frame)
    }

    @Test func `writes an error as the design shows it`() {
        #expect(
            String(decoding: ServerFrame.error(id: "7", Self.refusal).encodedLine(), as: UTF8.self)
                == #"{"id":"7","error":{"code":"gate.paused","message":"Orders are paused.","hint":"botctl resume","retryable":false,"seq":18231}}"#
                + "\n"
        )
    }

    @Test func `splices an encoded payload in and keeps one frame on one line`() throws {
        let payload = Array("{\n \"price\":\"64120.40\"}".utf8)
        let line = ServerFrame.event(sequence: 5, topic: "a:b", payload: .encoded(payload)).encodedLine()
        #expect(
            String(decoding: line, as: UTF8.self)
                == "{\"seq\":5,\"topic\":\"a:b\",\"payload\":{  \"price\":\"64120.40\"}}\n"
        )
        let frame = try ServerFrame(decoding: Array(line.dropLast()))
        #expect(frame == .event(sequence: 5, topic: "a:b", payload: .tree(["price": "64120.40"])))
    }

    @Test func `answers with an encoded object too`() throws {
        let line = ServerFrame.ok(id: "1", .encoded(Array(#"{"seq":9}"#.utf8))).encodedLine()
        #expect(try ServerFrame(decoding: Array(line.dropLast())) == .answer(id: "1", sequence: 9))
    }

    @Test func `ignores fields it does not know`() throws {
        #expect(try decode(#"{"hb":7,"load":0.2}"#) == .heartbeat(sequence: 7))
        #expect(try decode(#"{"gap":{"from":1,"to":2,"why":"slow"},"x":null}"#) == .gap(from: 1, to: 2))
        let error = try decode(#"{"id":"1","error":{"code":"novel.trouble","message":"m","extra":[]}}"#)
        #expect(error == .error(id: "1", ControlError(ErrorCode(rawValue: "novel.trouble"), "m")))
    }

    @Test func `reads the greeting of another major version far enough to name it`() throws {
        #expect(
            try decode(#"{"tradebot":{"api":"2.3"}}"#)
                == .greeting(
                    Greeting(
                        api: ProtocolVersion(major: 2, minor: 3),
                        version: "",
                        mode: "",
                        instance: "",
                        role: "",
                        schema: ""
                    )
                )
        )
    }

    @Test(arguments: [
        "{}", "[]", "7", #"{"seq":1}"#, #"{"seq":1,"topic":"a"}"#, #"{"seq":-1,"topic":"a","payload":{}}"#,
        #"{"hb":"x"}"#, #"{"gap":{"from":1}}"#, #"{"ok":{"seq":1}}"#, #"{"id":"1","ok":7}"#,
        #"{"id":"1","error":{}}"#,
        #"{"tradebot":{"api":"one"}}"#,
    ])
    func `refuses a shape it does not know`(text: String) {
        #expect(throws: ServerFrameError.unknownShape) { try decode(text) }
    }

    @Test func `refuses a line that is no JSON`() {
        #expect(throws: ServerFrameError.notJSON(JSONError(offset: 1, reason: .unexpectedByte(0x5D)))) {
            try decode("{]")
        }
    }
}
