extension JSONValue {
    /// The value as compact JSON on one line, without the line's end.
    package func encoded() -> [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }

    /// The value as compact JSON on one line, as text.
    package var text: String { String(decoding: encoded(), as: UTF8.self) }
}

/// Appends compact JSON to a byte buffer.
struct JSONWriter {
    private static let hexadecimalDigits = Array("0123456789abcdef".utf8)

    private(set) var bytes: [UInt8] = []

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: literal("null")
        case .bool(let flag): literal(flag ? "true" : "false")
        case .integer(let integer): literal(String(integer))
        case .number(let text): literal(text)
        case .string(let text): string(text)
        case .array(let values): list("[", "]", values) { $0.write($1) }
        case .object(let members): list("{", "}", members) { $0.member($1.key, $1.value) }
        }
    }

    /// Takes over JSON that is already encoded.
    ///
    /// A line feed in JSON can only be white space between tokens, so a blank in its place changes no
    /// value and keeps one frame on one line.
    mutating func splice(_ encoded: [UInt8]) {
        if encoded.contains(0x0A) {
            bytes.append(contentsOf: encoded.lazy.map { $0 == 0x0A ? 0x20 : $0 })
        } else {
            bytes.append(contentsOf: encoded)
        }
    }

    mutating func literal(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    mutating func string(_ text: String) {
        literal("\"")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): literal("\\\"")
            case UInt8(ascii: "\\"): literal("\\\\")
            case 0x0A: literal("\\n")
            case 0x0D: literal("\\r")
            case 0x09: literal("\\t")
            case 0..<0x20, 0x7F:
                literal("\\u00")
                bytes.append(Self.hexadecimalDigits[Int(byte >> 4)])
                bytes.append(Self.hexadecimalDigits[Int(byte & 0x0F)])
            default: bytes.append(byte)
            }
        }
        literal("\"")
    }

    private mutating func member(_ key: String, _ value: JSONValue) {
        string(key)
        literal(":")
        write(value)
    }

    private mutating func list<Element>(
        _ open: String,
        _ close: String,
        _ elements: [Element],
        _ body: (inout JSONWriter, Element) -> Void
    ) {
        literal(open)
        for (position, element) in elements.enumerated() {
            if position > 0 { literal(",") }
            body(&self, element)
        }
        literal(close)
    }
}
