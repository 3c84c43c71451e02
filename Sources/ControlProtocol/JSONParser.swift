extension JSONValue {
    /// Reads exactly one JSON value and nothing after it but white space.
    ///
    /// - Throws: a ``JSONError`` for anything RFC 8259 refuses, and for what we refuse beyond it: a key that
    ///   stands twice in one object, nesting deeper than `depthMax`, more than `bytesMax` bytes.
    package init(
        parsing bytes: [UInt8],
        bytesMax: Int = ControlLimits.lineOutBytesMax,
        depthMax: Int = ControlLimits.depthMax
    ) throws(JSONError) {
        guard bytes.count <= bytesMax else {
            throw JSONError(offset: 0, reason: .tooLong(bytes: bytes.count, limit: bytesMax))
        }
        var parser = JSONParser(bytes: bytes, depthMax: depthMax)
        self = try parser.whole()
    }
}

/// Walks the bytes once from left to right; its recursion is bounded by `depthMax`.
struct JSONParser {
    /// Up to here a linear look through the keys is cheaper than a set of them.
    private static let linearSearchKeysMax = 12

    let bytes: [UInt8]
    let depthMax: Int
    var index = 0
    private var depth = 0

    init(bytes: [UInt8], depthMax: Int) {
        self.bytes = bytes
        self.depthMax = depthMax
    }

    mutating func whole() throws(JSONError) -> JSONValue {
        let value = try value()
        skipSpace()
        guard index == bytes.count else { throw fail(.trailingBytes) }
        return value
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        skipSpace()
        switch try peek() {
        case UInt8(ascii: "{"): return try nested { (parser) throws(JSONError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { (parser) throws(JSONError) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case let byte: throw fail(.unexpectedByte(byte))
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(JSONError) -> JSONValue
    ) throws(JSONError) -> JSONValue {
        guard depth < depthMax else { throw fail(.tooDeep(limit: depthMax)) }
        depth += 1
        index += 1
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(JSONError) -> JSONValue {
        var members: [JSONMember] = []
        var seen: Set<String> = []
        skipSpace()
        if try take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipSpace()
            let start = index
            guard try peek() == UInt8(ascii: "\"") else { throw fail(.unexpectedByte(bytes[index])) }
            let key = try string()
            // Equality is Swift's, so two spellings of one character count as one key, as they do when asked for.
            if members.count == Self.linearSearchKeysMax { seen = Set(members.map(\.key)) }
            let isNew =
                members.count < Self.linearSearchKeysMax
                ? !members.contains { $0.key == key } : seen.insert(key).inserted
            guard isNew else { throw JSONError(offset: start, reason: .duplicateKey(key)) }
            skipSpace()
            guard try take(UInt8(ascii: ":")) else { throw fail(.unexpectedByte(bytes[index])) }
            members.append(JSONMember(key, try value()))
            skipSpace()
            if try take(UInt8(ascii: "}")) { return .object(members) }
            guard try take(UInt8(ascii: ",")) else { throw fail(.unexpectedByte(bytes[index])) }
        }
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        var values: [JSONValue] = []
        skipSpace()
        if try take(UInt8(ascii: "]")) { return .array(values) }
        while true {
            values.append(try value())
            skipSpace()
            if try take(UInt8(ascii: "]")) { return .array(values) }
            guard try take(UInt8(ascii: ",")) else { throw fail(.unexpectedByte(bytes[index])) }
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for byte in word.description.utf8 {
            guard try take(byte) else { throw fail(.unexpectedByte(bytes[index])) }
        }
        return value
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = index
        var isInteger = true
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        let firstDigit = index
        let digits = skipDigits()
        guard digits > 0, digits == 1 || bytes[firstDigit] != UInt8(ascii: "0") else {
            throw JSONError(offset: start, reason: .malformedNumber)
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            isInteger = false
            index += 1
            guard skipDigits() > 0 else { throw JSONError(offset: start, reason: .malformedNumber) }
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
                index += 1
            }
            guard skipDigits() > 0 else { throw JSONError(offset: start, reason: .malformedNumber) }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isInteger, text != "-0", let value = Int64(text) { return .integer(value) }
        return .number(text)
    }

    private mutating func skipDigits() -> Int {
        let start = index
        while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) {
            index += 1
        }
        return index - start
    }

    private mutating func skipSpace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return
            }
        }
    }

    func peek() throws(JSONError) -> UInt8 {
        guard index < bytes.count else { throw fail(.endOfInput) }
        return bytes[index]
    }

    /// Steps over `byte` if it stands here; the end of the input is an error, any other byte is left.
    private mutating func take(_ byte: UInt8) throws(JSONError) -> Bool {
        guard try peek() == byte else { return false }
        index += 1
        return true
    }

    func fail(_ reason: JSONError.Reason) -> JSONError {
        JSONError(offset: index, reason: reason)
    }
}
