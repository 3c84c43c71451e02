/// Tells whether a frame can stand in a line as it is.
enum FrameText {
    /// A frame that is nested more deeply is kept as base64.
    static let depthMax = 64

    private enum Expected {
        case value, valueOrEnd, name, nameOrEnd, commaOrEnd
    }

    /// True for one JSON object, in valid UTF-8, on one line, with nothing round it.
    static func isOneLineObject(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count >= 2, bytes[0] == UInt8(ascii: "{") else { return false }
        // One bit for each depth: set in an object, clear in a list.
        var (kinds, depth) = (UInt64(1), 1)
        var (at, expected, isASCII) = (1, Expected.nameOrEnd, true)
        while at < bytes.count, depth > 0 {
            let byte = bytes[at]
            if byte == 0x20 || byte == 0x09 {
                at += 1
                continue
            }
            switch (expected, byte) {
            case (.name, UInt8(ascii: "\"")), (.nameOrEnd, UInt8(ascii: "\"")):
                guard let colon = string(bytes, at, &isASCII), colon < bytes.count,
                    bytes[colon] == UInt8(ascii: ":")
                else { return false }
                (at, expected) = (colon + 1, .value)
            case (.value, UInt8(ascii: "{")), (.value, UInt8(ascii: "[")), (.valueOrEnd, UInt8(ascii: "{")),
                (.valueOrEnd, UInt8(ascii: "[")):
                guard depth < depthMax else { return false }
                let isObject = byte == UInt8(ascii: "{")
                kinds = kinds << 1 | (isObject ? 1 : 0)
                (at, depth, expected) = (at + 1, depth + 1, isObject ? .nameOrEnd : .valueOrEnd)
            case (.nameOrEnd, UInt8(ascii: "}")), (.valueOrEnd, UInt8(ascii: "]")),
                (.commaOrEnd, UInt8(ascii: "}")), (.commaOrEnd, UInt8(ascii: "]")):
                guard (kinds & 1 == 1) == (byte == UInt8(ascii: "}")) else { return false }
                kinds >>= 1
                (at, depth, expected) = (at + 1, depth - 1, .commaOrEnd)
            case (.commaOrEnd, UInt8(ascii: ",")):
                (at, expected) = (at + 1, kinds & 1 == 1 ? .name : .value)
            case (.value, _), (.valueOrEnd, _):
                guard let end = scalar(bytes, at, &isASCII) else { return false }
                (at, expected) = (end, .commaOrEnd)
            default: return false
            }
        }
        guard depth == 0, at == bytes.count else { return false }
        return isASCII || (try? UTF8Span(validating: bytes)) != nil
    }

    /// The place behind the string that begins at `start`; nil where it does not end, or is none.
    private static func string(_ bytes: Span<UInt8>, _ start: Int, _ isASCII: inout Bool) -> Int? {
        var at = start + 1
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") { return at + 1 }
            if byte < 0x20 { return nil }
            if byte >= 0x80 { isASCII = false }
            if byte == UInt8(ascii: "\\") {
                guard let end = escape(bytes, at) else { return nil }
                at = end
            } else {
                at += 1
            }
        }
        return nil
    }

    private static func escape(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
        guard start + 1 < bytes.count else { return nil }
        switch bytes[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return start + 2
        case UInt8(ascii: "u"):
            guard start + 5 < bytes.count else { return nil }
            for at in start + 2...start + 5 {
                switch bytes[at] | 0x20 {
                case 0x30...0x39, UInt8(ascii: "a")...UInt8(ascii: "f"): continue
                default: return nil
                }
            }
            return start + 6
        default: return nil
        }
    }

    private static func scalar(_ bytes: Span<UInt8>, _ start: Int, _ isASCII: inout Bool) -> Int? {
        switch bytes[start] {
        case UInt8(ascii: "\""): string(bytes, start, &isASCII)
        case UInt8(ascii: "t"): word(bytes, start, "true")
        case UInt8(ascii: "f"): word(bytes, start, "false")
        case UInt8(ascii: "n"): word(bytes, start, "null")
        default: number(bytes, start)
        }
    }

    private static func word(_ bytes: Span<UInt8>, _ start: Int, _ word: StaticString) -> Int? {
        let end = start + word.utf8CodeUnitCount
        guard end <= bytes.count else { return nil }
        for at in start..<end where unsafe bytes[at] != word.utf8Start[at - start] { return nil }
        return end
    }

    private static func number(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
        var at = start
        if bytes[at] == UInt8(ascii: "-") { at += 1 }
        let whole = at
        guard skipDigits(bytes, &at) else { return nil }
        if bytes[whole] == 0x30, at > whole + 1 { return nil }
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            at += 1
            guard skipDigits(bytes, &at) else { return nil }
        }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
            guard skipDigits(bytes, &at) else { return nil }
        }
        return at
    }

    private static func skipDigits(_ bytes: Span<UInt8>, _ at: inout Int) -> Bool {
        let start = at
        while at < bytes.count, bytes[at] &- 0x30 <= 9 { at += 1 }
        return at > start
    }
}
