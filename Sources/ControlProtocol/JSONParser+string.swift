extension JSONParser {
    /// Reads a string from its opening quote to behind its closing one.
    mutating func string() throws(JSONError) -> String {
        let start = index
        index += 1
        let plainStart = index
        try skipPlain()
        // Nearly every string has no escape: then its bytes are taken in one piece.
        if bytes[index] == UInt8(ascii: "\"") {
            defer { index += 1 }
            return try checked(bytes[plainStart..<index], from: start)
        }
        var text = Array(bytes[plainStart..<index])
        while bytes[index] != UInt8(ascii: "\"") {
            text.append(contentsOf: try escape())
            let runStart = index
            try skipPlain()
            text.append(contentsOf: bytes[runStart..<index])
        }
        index += 1
        return try checked(text[...], from: start)
    }

    private func checked(_ slice: ArraySlice<UInt8>, from start: Int) throws(JSONError) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw JSONError(offset: start, reason: .invalidUTF8)
        }
        return text
    }

    /// Stops at a quote or a backslash; refuses a control character and the end of the input.
    private mutating func skipPlain() throws(JSONError) {
        while true {
            switch try peek() {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): return
            case 0..<0x20: throw fail(.controlCharacter)
            default: index += 1
            }
        }
    }

    private mutating func escape() throws(JSONError) -> [UInt8] {
        let start = index
        index += 1
        let letter = try peek()
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(Character(try scalar(from: start))).utf8)
        default: throw JSONError(offset: start, reason: .malformedEscape)
        }
    }

    /// Reads the digits of `\uXXXX`, and of its second half when the first is a high surrogate.
    private mutating func scalar(from start: Int) throws(JSONError) -> Unicode.Scalar {
        let first = try hexadecimal(from: start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, index + 1 < bytes.count,
            bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
        else { throw JSONError(offset: start, reason: .loneSurrogate) }
        index += 2
        let second = try hexadecimal(from: start)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw JSONError(offset: start, reason: .loneSurrogate) }
        return scalar
    }

    private mutating func hexadecimal(from start: Int) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = try peek()
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw JSONError(offset: start, reason: .malformedEscape)
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }
}
