/// Base64 of RFC 4648, with padding.
enum Base64 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func append(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) {
        var at = bytes.startIndex
        while at < bytes.endIndex {
            let rest = bytes.endIndex - at
            let (first, second, third) = (
                bytes[at], rest > 1 ? bytes[at + 1] : 0, rest > 2 ? bytes[at + 2] : 0
            )
            let group = UInt32(first) << 16 | UInt32(second) << 8 | UInt32(third)
            text.append(digits[Int(group >> 18)])
            text.append(digits[Int(group >> 12 & 0x3F)])
            text.append(rest > 1 ? digits[Int(group >> 6 & 0x3F)] : UInt8(ascii: "="))
            text.append(rest > 2 ? digits[Int(group & 0x3F)] : UInt8(ascii: "="))
            at += 3
        }
    }

    /// The bytes that `text` stands for; nil where it is no base64.
    static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 4) else { return nil }
        let padding = text.suffix(2).count { $0 == UInt8(ascii: "=") }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var group: UInt32 = 0
        for (count, byte) in text.dropLast(padding).enumerated() {
            guard let digit = value(of: byte) else { return nil }
            group = group << 6 | digit
            guard count % 4 == 3 else { continue }
            bytes += [UInt8(group >> 16 & 0xFF), UInt8(group >> 8 & 0xFF), UInt8(group & 0xFF)]
        }
        if padding == 1 { bytes += [UInt8(group >> 10 & 0xFF), UInt8(group >> 2 & 0xFF)] }
        if padding == 2 { bytes.append(UInt8(group >> 4 & 0xFF)) }
        return bytes
    }

    private static func value(of byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a") + 26)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0") + 52)
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
