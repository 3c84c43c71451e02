/// Why bytes are no JSON we accept, and at which byte.
package struct JSONError: Error, Hashable, CustomStringConvertible {
    package enum Reason: Sendable, Hashable {
        case tooLong(bytes: Int, limit: Int)
        case tooDeep(limit: Int)
        case endOfInput
        case unexpectedByte(UInt8)
        case malformedNumber
        case malformedEscape
        case loneSurrogate
        case controlCharacter
        case invalidUTF8
        case duplicateKey(String)
        case trailingBytes
    }

    /// Offset from the first byte; for text that is no UTF-8, the offset at which its string starts.
    package let offset: Int
    package let reason: Reason

    package init(offset: Int, reason: Reason) {
        self.offset = offset
        self.reason = reason
    }

    package var description: String { "byte \(offset): \(why)" }

    private var why: String {
        switch reason {
        case .tooLong(let bytes, let limit): "\(bytes) bytes, limit \(limit)"
        case .tooDeep(let limit): "nested deeper than \(limit) levels"
        case .endOfInput: "the text ends too early"
        case .unexpectedByte(let byte): "unexpected byte 0x\(String(byte, radix: 16))"
        case .malformedNumber: "malformed number"
        case .malformedEscape: "malformed escape in a string"
        case .loneSurrogate: "half of a surrogate pair in a string"
        case .controlCharacter: "unescaped control character in a string"
        case .invalidUTF8: "a string is not UTF-8"
        case .duplicateKey(let key): "the key \"\(key)\" stands twice in one object"
        case .trailingBytes: "more bytes after the end of the value"
        }
    }
}
