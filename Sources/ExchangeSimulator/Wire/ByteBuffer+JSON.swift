import NIOCore

/// Hand-written JSON: every number that leaves the simulator goes through one of these.
extension ByteBuffer {
    mutating func write(_ literal: StaticString) {
        writeStaticString(literal)
    }

    mutating func write(_ number: some BinaryInteger) {
        let magnitude = UInt64(number.magnitude)
        if number < 0 { writeInteger(UInt8(ascii: "-")) }
        writeDigits(magnitude, places: 0)
    }

    /// A decimal with exactly `decimals` places, quoted; what lies below them is cut.
    mutating func writeQuoted(_ value: Fixed, decimals: Int) {
        writeQuoted(units: Int128(value.units), decimals: decimals)
    }

    mutating func writeQuoted(units: Int128, decimals: Int) {
        writeInteger(UInt8(ascii: "\""))
        writeUnits(units, decimals: decimals)
        writeInteger(UInt8(ascii: "\""))
    }

    /// A sum of 10⁻⁸ units written with `decimals` places.
    mutating func writeUnits(_ units: Int128, decimals: Int) {
        let places = max(0, min(decimals, Fixed.scale))
        let divisor = UInt64(Fixed.powerOfTen(Fixed.scale - places))
        let magnitude = units.magnitude
        if let small = UInt64(exactly: magnitude) {
            let rest = small / divisor
            if units < 0, rest > 0 { writeInteger(UInt8(ascii: "-")) }
            return writeDigits(rest, places: places)
        }
        if units < 0 { writeInteger(UInt8(ascii: "-")) }
        var text = Array(String(magnitude / UInt128(divisor)).utf8)
        if places > 0 { text.insert(UInt8(ascii: "."), at: text.count - places) }
        writeBytes(text)
    }

    /// A whole number with a point before its last `places` digits, and at least one digit before the point.
    ///
    /// Digits are put into the buffer's own memory, last one first, within a span that 24 bytes always hold.
    private mutating func writeDigits(_ number: UInt64, places: Int) {
        var count = 1
        var limit: UInt64 = 10
        while count < 20, number >= limit {
            count += 1
            let (next, isTooBig) = limit.multipliedReportingOverflow(by: 10)
            limit = isTooBig ? .max : next
        }
        if places > 0 { count = max(count, places + 1) + 1 }
        _ = unsafe writeWithUnsafeMutableBytes(minimumWritableBytes: 24) { bytes in
            var rest = number
            var at = count - 1
            while at >= 0 {
                if places > 0, count - 1 - at == places {
                    unsafe bytes[at] = UInt8(ascii: ".")
                } else {
                    unsafe bytes[at] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                    rest /= 10
                }
                at -= 1
            }
            return count
        }
    }

    /// Text as a JSON string, escaped the way the exchange's own server does it (`>` as `\u003e`).
    mutating func writeQuoted(_ text: some StringProtocol) {
        writeInteger(UInt8(ascii: "\""))
        let isPlain = text.utf8.allSatisfy { byte in
            byte >= 0x20 && byte != 0x22 && byte != 0x5C && byte != 0x3C && byte != 0x3E && byte != 0x26
        }
        if isPlain {
            writeSubstring(Substring(text))
            writeInteger(UInt8(ascii: "\""))
            return
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): write("\\\"")
            case UInt8(ascii: "\\"): write("\\\\")
            case UInt8(ascii: "\n"): write("\\n")
            case UInt8(ascii: "<"): write("\\u003c")
            case UInt8(ascii: ">"): write("\\u003e")
            case UInt8(ascii: "&"): write("\\u0026")
            case 0..<0x20:
                let hex = String(byte, radix: 16)
                write("\\u00")
                writeString(hex.utf8.count == 1 ? "0" + hex : hex)
            default: writeInteger(byte)
            }
        }
        writeInteger(UInt8(ascii: "\""))
    }
}

extension Fixed {
    /// The value as text with exactly `decimals` places.
    func text(decimals: Int) -> String {
        Fixed.text(units: Int128(units), decimals: decimals)
    }

    static func text(units: Int128, decimals: Int) -> String {
        var buffer = ByteBuffer()
        buffer.writeUnits(units, decimals: decimals)
        return String(buffer: buffer)
    }
}
