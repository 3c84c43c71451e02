import Testing

@testable import Recording

@Suite struct `A frame's text` {
    private func stands(_ bytes: [UInt8]) -> Bool { FrameText.isOneLineObject(bytes.span) }

    @Test(arguments: [
        "{}", #"{"a":1}"#, #"{"a":[],"b":[{}],"c":[1,-2.5e+3,0,0.5,true,false,null,"x"]}"#,
        #"{ "a": "\"\\\/\u00eF" }"#, "{\"a\":\"ä€😀\"}", #"{"a":{"b":{"c":[[[1]]]}}}"#,
    ])
    func `stands in a line as it is when it is one JSON object`(text: String) {
        #expect(stands(Array(text.utf8)))
    }

    @Test(arguments: [
        "", "{", "}", "[]", "1", "{}{}", "{} ", " {}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":[1,]}"#,
        #"{,}"#,
        #"{"a":01}"#, #"{"a":1.}"#, #"{"a":-}"#, #"{"a":.5}"#, #"{"a":1e}"#, #"{"a":tru}"#, #"{"a":nul"#,
        #"{"a":"x}"#,
        #"{"a":"\x"}"#, #"{"a":"\u12g4"}"#, "{\"a\":\"\n\"}", "{\n}", #"{"a":[}"#, #"{"a":1]}"#, #"{"a" 1}"#,
        #"{1:2}"#,
        #"{"a":1 2}"#, #"{"a":"b" "c":1}"#,
    ])
    func `does not when it is anything else`(text: String) {
        #expect(!stands(Array(text.utf8)))
    }

    @Test func `does not when it is no UTF-8, or nested without end`() {
        #expect(!stands([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D]))
        let deep = String(repeating: #"{"a":"#, count: 20_000) + "1" + String(repeating: "}", count: 20_000)
        #expect(!stands(Array(deep.utf8)))
    }

    @Test(arguments: 0..<70)
    func `comes back from base64`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 73 &+ count) }
        var text: [UInt8] = []
        Base64.append(bytes[...], to: &text)
        #expect(Base64.decode(text[...]) == bytes)
    }
}

@Suite struct `A segment's name` {
    @Test(
        arguments: [
            (0, "frames-19700101T000000.000Z.jsonl.gz"),
            (1_700_000_000_123, "frames-20231114T221320.123Z.jsonl.gz"),
            (951_782_400_000, "frames-20000229T000000.000Z.jsonl.gz"),
            (4_102_444_799_999, "frames-20991231T235959.999Z.jsonl.gz"),
        ] as [(Int64, String)]
    )
    func `tells when it begins`(start: Int64, text: String) {
        #expect(SegmentName(startMilliseconds: start).fileName() == text)
        #expect(SegmentName(text)?.startMilliseconds == start)
    }

    @Test(arguments: [SegmentName.State.closed, .torn, .open])
    func `is read in every state`(state: SegmentName.State) {
        let name = SegmentName(startMilliseconds: 1_700_000_000_123)
        #expect(SegmentName(name.fileName(state)) == name)
    }

    @Test(arguments: [
        "", "frames-", "frames-20230229T000000.000Z.jsonl.gz", "frames-20231114T246060.000Z.jsonl.gz",
        "frames-20231114T221320.123Z.jsonl", "frames-20231114T221320.123Z.jsonl.gz.part.gz",
        "rames-20231114T221320.123Z.jsonl.gz", "frames-2023111+T221320.123Z.jsonl.gz",
    ])
    func `is no other file's`(text: String) { #expect(SegmentName(text) == nil) }
}
