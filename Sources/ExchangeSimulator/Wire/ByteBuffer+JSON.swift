import NIOCore

/// Hand-written JSON: every number that leaves the simulator goes through one of these.
extension ByteBuffer {
    mutating func write(_ literal: StaticString) {
        writeStaticString(literal)
    }

    mutating func write(_ number: some BinaryInteger) {
        writeString(String(number))
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
        var rest = units.magnitude / UInt128(Fixed.powerOfTen(Fixed.scale - places))
        if units < 0, rest > 0 { writeInteger(UInt8(ascii: "-")) }
        var digits: [UInt8] = []
        digits.reserveCapacity(24)
        var position = 0
        repeat {
            if position == places, places > 0 { digits.append(UInt8(ascii: ".")) }
            if let small = UInt64(exactly: rest) {
                digits.append(UInt8(ascii: "0") + UInt8(small % 10))
                rest = UInt128(small / 10)
            } else {
                digits.append(UInt8(ascii: "0") + UInt8(rest % 10))
                rest /= 10
            }
            position += 1
        } while rest > 0 || position <= places
        digits.reverse()
        writeBytes(digits)
    }

    /// Text as a JSON string, escaped the way the exchange's own server does it (`>` as `\u003e`).
    mutating func writeQuoted(_ text: some StringProtocol) {
        writeInteger(UInt8(ascii: "\""))
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
