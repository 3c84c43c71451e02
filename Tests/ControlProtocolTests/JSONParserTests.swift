import ControlProtocol
import Testing

@Suite struct `JSON parser` {
    private func parse(
        _ text: String,
        bytesMax: Int = 4096,
        depthMax: Int = 32
    ) throws(JSONError) -> JSONValue {
        try JSONValue(parsing: Array(text.utf8), bytesMax: bytesMax, depthMax: depthMax)
    }

    @Test(
        arguments: [
            ("null", .null), (" true ", .bool(true)), ("false", .bool(false)),
            ("0", .integer(0)), ("-7", .integer(-7)),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number("9223372036854775808")),
            ("-0", .number("-0")), ("1.50", .number("1.50")), ("1e999", .number("1e999")),
            ("2E-3", .number("2E-3")),
            ("\"\"", .string("")), ("\"é😀\"", .string("é😀")),
            ("[]", .array([])), ("[1,[2]]", .array([.integer(1), .array([.integer(2)])])),
            ("{}", .object([])),
            (
                "\t{ \"b\" : 1 ,\r\n\"a\":null }",
                .object([JSONMember("b", .integer(1)), JSONMember("a", .null)])
            ),
        ] as [(String, JSONValue)]
    )
    func `reads every kind of value`(text: String, value: JSONValue) throws {
        #expect(try parse(text) == value)
    }

    @Test(arguments: [
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{08}\u{0C}\n\r\t"), (#""\u0041""#, "A"), (#""\u00e9""#, "é"),
        (#""\uD83D\uDE00""#, "😀"), (#""a\u0000b""#, "a\u{0}b"), (#""x\uFFFFy""#, "x\u{FFFF}y"),
    ])
    func `undoes every escape`(text: String, string: String) throws {
        #expect(try parse(text).string == string)
    }

    @Test(
        arguments: [
            ("", .endOfInput, 0), ("  ", .endOfInput, 2), ("{", .endOfInput, 1), ("[1,", .endOfInput, 3),
            ("\"abc", .endOfInput, 4), ("tru", .endOfInput, 3), ("\"\\u00", .endOfInput, 5),
            ("nul1", .unexpectedByte(0x31), 3), ("[1,]", .unexpectedByte(0x5D), 3),
            ("{\"a\" 1}", .unexpectedByte(0x31), 5),
            ("{a:1}", .unexpectedByte(0x61), 1), ("[1 2]", .unexpectedByte(0x32), 3),
            ("NaN", .unexpectedByte(0x4E), 0),
            ("+1", .unexpectedByte(0x2B), 0), ("'a'", .unexpectedByte(0x27), 0),
            ("\u{FEFF}1", .unexpectedByte(0xEF), 0),
            ("01", .malformedNumber, 0), ("-", .malformedNumber, 0), ("1.", .malformedNumber, 0),
            ("[1e]", .malformedNumber, 1), ("-.5", .malformedNumber, 0),
            (#""\x""#, .malformedEscape, 1), (#""\u00g0""#, .malformedEscape, 1),
            (#""\uD83D""#, .loneSurrogate, 1), (#""\uDE00""#, .loneSurrogate, 1),
            (#""\uD83D\u0041""#, .loneSurrogate, 1),
            ("\"a\nb\"", .controlCharacter, 2), ("1 2", .trailingBytes, 2), ("{}}", .trailingBytes, 2),
            (#"{"a":1,"a":2}"#, .duplicateKey("a"), 7),
            (#"[{"é":1,"e\u0301":2}]"#, .duplicateKey("e\u{301}"), 9),
        ] as [(String, JSONError.Reason, Int)]
    )
    func `refuses what is no JSON and says where`(text: String, reason: JSONError.Reason, offset: Int) {
        #expect(throws: JSONError(offset: offset, reason: reason)) { try parse(text) }
    }

    @Test func `finds a duplicate among many keys`() {
        let keys = (0..<40).map { "\"k\($0)\":0" } + ["\"k3\":1"]
        let error = #expect(throws: JSONError.self) { try parse("{\(keys.joined(separator: ","))}") }
        #expect(error?.reason == .duplicateKey("k3"))
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xE2, 0x82, 0x22],
        ] as [[UInt8]]
    )
    func `refuses bytes that are no UTF-8`(bytes: [UInt8]) {
        #expect(throws: JSONError(offset: 0, reason: .invalidUTF8)) { try JSONValue(parsing: bytes) }
    }

    @Test func `allows the depth asked for and no more`() throws {
        let text = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
        _ = try parse(text)
        #expect(throws: JSONError(offset: 32, reason: .tooDeep(limit: 32))) { try parse("[\(text)]") }
        #expect(throws: JSONError(offset: 32, reason: .tooDeep(limit: 32))) {
            try parse(String(repeating: "[", count: 4000))
        }
    }

    @Test func `refuses more bytes than the caller allows`() throws {
        _ = try parse("[1]", bytesMax: 3)
        #expect(throws: JSONError(offset: 0, reason: .tooLong(bytes: 4, limit: 3))) {
            try parse("[10]", bytesMax: 3)
        }
    }

    @Test func `reads every prefix and every flipped bit of a frame without trapping`() {
        let bytes = Array(#"{"id":"7","n":[-1.5e3,true,null],"s":"\u00e9\ud83d\ude00 é"}"#.utf8)
        for end in bytes.indices {
            #expect(throws: JSONError.self) { try JSONValue(parsing: Array(bytes[..<end])) }
            for bit in 0..<8 {
                var flipped = bytes
                flipped[end] ^= 1 << bit
                // Either outcome is right; what is read must survive being written.
                guard let value = try? JSONValue(parsing: flipped) else { continue }
                #expect((try? JSONValue(parsing: value.encoded())) == value)
            }
        }
    }
}

@Suite struct `JSON writer` {
    @Test func `writes compactly, in order and escaped`() {
        let value: JSONValue = ["z": [1, nil, true, "a\"\\\n\u{1}\u{7F}é"], "a": .number("1.50"), "o": [:]]
        #expect(value.text == #"{"z":[1,null,true,"a\"\\\n\u0001\u007fé"],"a":1.50,"o":{}}"#)
    }

    @Test func `gives back what it wrote`() throws {
        let value: JSONValue = [
            "text": "tab\t, feed\u{C}, null\u{0}, 😀", "n": .integer(.min), "u": .unsigned(.max),
        ]
        #expect(try JSONValue(parsing: value.encoded()) == value)
    }
}
