import ControlProtocol
import Testing

@Suite struct `Client frame` {
    private func decode(_ text: String) throws(RefusedFrame) -> ClientFrame {
        try ClientFrame(decoding: Array(text.utf8))
    }

    @Test(
        arguments: [
            .command(ControlCommand(.pause, reason: "CPI \"release\"", key: "k-1")),
            .command(ControlCommand(.resume)),
            .command(ControlCommand(.stop, key: "k-2")), .command(ControlCommand(.logsLevel(.debug))),
            .command(ControlCommand(.logsOn)), .command(ControlCommand(.logsOff)),
            .subscribe(Subscription(topics: [.all], from: 18231)), .subscribe(Subscription(topics: [.all])),
            .unsubscribe, .query(.status), .query(.positions), .query(.logsTail(count: 7)),
            .query(.explain("intent-7")),
        ] as [ClientFrame.Request]
    )
    func `survives the wire`(request: ClientFrame.Request) throws {
        let frame = ClientFrame(id: "42", request)
        let line = frame.encodedLine()
        #expect(line.last == 0x0A)
        #expect(!line.dropLast().contains(0x0A))
        #expect(try ClientFrame(decoding: Array(line.dropLast())) == frame)
    }

    @Test func `is written as the design shows it`() {
        let command = ControlCommand(.pause, reason: "CPI release", key: "<uuid>")
        #expect(
            String(decoding: ClientFrame(id: "7", .command(command)).encodedLine(), as: UTF8.self)
                == #"{"id":"7","topic":"control:command","payload":{"command":"pause","reason":"CPI release","key":"<uuid>"}}"#
                + "\n"
        )
    }

    @Test func `reads the design's subscription`() throws {
        let frame = try decode(#"{"id":"8","subscribe":{"topics":["control:state","exec:*"],"from":18231}}"#)
        guard case .subscribe(let subscription) = frame.request else {
            Issue.record("no subscription")
            return
        }
        #expect(subscription.from == 18231)
        #expect(subscription.wants("exec:order_event"))
        #expect(!subscription.wants("control:command"))
    }

    @Test func `asks for a bounded number of log lines by default`() throws {
        let frame = try decode(#"{"id":"1","query":{"what":"logs_tail"}}"#)
        #expect(frame.request == .query(.logsTail(count: ControlLimits.logLinesDefault)))
    }

    @Test(
        arguments: [
            ("[]", .malformed), ("{", .malformed), ("", .malformed),
            (#"{"query":{"what":"status"}}"#, .missingField),
            (#"{"id":7,"query":{"what":"status"}}"#, .badValue),
            (#"{"id":"","query":{"what":"status"}}"#, .badValue), (#"{"id":"1"}"#, .malformed),
            (#"{"id":"1","query":{"what":"status"},"unsubscribe":{}}"#, .malformed),
            (#"{"id":"1","query":{"what":"status"},"extra":1}"#, .unknownField),
            (#"{"id":"1","query":{"what":"status","count":1}}"#, .unknownField),
            (#"{"id":"1","query":{"what":"statsu"}}"#, .unknownQuery),
            (#"{"id":"1","query":{}}"#, .missingField),
            (#"{"id":"1","query":[]}"#, .malformed), (#"{"id":"1","unsubscribe":{"x":1}}"#, .unknownField),
            (#"{"id":"1","query":{"what":"logs_tail","count":0}}"#, .badValue),
            (#"{"id":"1","query":{"what":"logs_tail","count":1001}}"#, .badValue),
            (#"{"id":"1","query":{"what":"logs_tail","count":"9"}}"#, .badValue),
            (#"{"id":"1","query":{"what":"explain"}}"#, .missingField),
            (#"{"id":"1","query":{"what":"explain","chain":""}}"#, .badValue),
            (#"{"id":"1","subscribe":{"topics":[]}}"#, .badValue), (#"{"id":"1","subscribe":{}}"#, .badValue),
            (#"{"id":"1","subscribe":{"topics":["a*b"]}}"#, .badValue),
            (#"{"id":"1","subscribe":{"topics":["*"],"from":-1}}"#, .badValue),
            (#"{"id":"1","topic":"exec:order_event","payload":{}}"#, .badValue),
            (#"{"id":"1","topic":"control:command"}"#, .missingField),
            (#"{"id":"1","payload":{"command":"pause"}}"#, .missingField),
            (#"{"id":"1","topic":"control:command","payload":{"command":"pauze"}}"#, .unknownCommand),
            (
                #"{"id":"1","topic":"control:command","payload":{"command":"pause","level":"debug"}}"#,
                .unknownField
            ),
            (#"{"id":"1","topic":"control:command","payload":{"command":"pause","reason":""}}"#, .badValue),
            (#"{"id":"1","topic":"control:command","payload":{"command":"pause","reason":null}}"#, .badValue),
            (#"{"id":"1","topic":"control:command","payload":{"command":"logs_level"}}"#, .missingField),
            (
                #"{"id":"1","topic":"control:command","payload":{"command":"logs_level","level":"loud"}}"#,
                .badValue
            ),
        ] as [(String, ErrorCode)]
    )
    func `is refused with a code`(text: String, code: ErrorCode) {
        let refusal = #expect(throws: RefusedFrame.self) { try decode(text) }
        #expect(refusal?.error.code == code)
    }

    @Test func `keeps its identifier when refused, so that the answer finds its request`() {
        let refusal = #expect(throws: RefusedFrame.self) {
            try decode(#"{"id":"77","query":{"what":"statsu"}}"#)
        }
        #expect(refusal?.id == "77")
        #expect(refusal?.closesConnection == false)
        #expect(refusal?.error.hint == "did you mean \"status\"?")
    }

    @Test func `closes the connection when it is no request at all`() {
        let refusal = #expect(throws: RefusedFrame.self) { try decode("GET / HTTP/1.1") }
        #expect(refusal?.closesConnection == true)
    }

    @Test func `holds no reason beyond its bound`() throws {
        let most = String(repeating: "x", count: ControlLimits.reasonBytesMax)
        let fits = ClientFrame(id: "1", .command(ControlCommand(.pause, reason: most))).encodedLine()
        _ = try ClientFrame(decoding: fits)
        let beyond = ClientFrame(id: "1", .command(ControlCommand(.pause, reason: most + "x"))).encodedLine()
        #expect(throws: RefusedFrame.self) { try ClientFrame(decoding: beyond) }
    }
}
