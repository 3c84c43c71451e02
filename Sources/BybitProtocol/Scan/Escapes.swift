/// Escapes in strings: the rare path, taken only for messages that have a backslash at all.
enum Escapes {
    /// Writes plainly what was escaped without need, so that names, symbols and numbers can be read in place.
    ///
    /// Quotes, backslashes, control characters and what is not ASCII stay escaped: none of them is in a name,
    /// a symbol or a number, and ``text(_:)`` resolves them where text is read for people.
    static func plain(_ message: UnsafeRawBufferPointer) -> [UInt8] {
        let scanner = unsafe ByteScanner(message)
        var plain: [UInt8] = []
        plain.reserveCapacity(scanner.count)
        var at = 0
        while at < scanner.count {
            let byte = scanner[at]
            guard byte == 0x5C else {
                plain.append(byte)
                at += 1
                continue
            }
            switch scanner[at + 1] {
            case 0x2F:
                plain.append(0x2F)
                at += 2
            case 0x75:
                if let unit = unit(at: at, in: { scanner[$0] }), (0x20..<0x7F).contains(unit), unit != 0x22,
                    unit != 0x5C
                {
                    plain.append(UInt8(truncatingIfNeeded: unit))
                } else {
                    plain.append(contentsOf: (at..<min(at + 6, scanner.count)).map { scanner[$0] })
                }
                at += 6
            default:
                plain.append(contentsOf: (at..<min(at + 2, scanner.count)).map { scanner[$0] })
                at += 2
            }
        }
        return plain
    }

    /// Resolves every escape; what is no valid escape stays as it is.
    static func text(_ bytes: [UInt8]) -> String {
        guard bytes.contains(0x5C) else { return String(decoding: bytes, as: UTF8.self) }
        var units: [UInt16] = []
        var plain: [UInt8] = []
        var at = 0
        func flush() {
            units.append(contentsOf: String(decoding: plain, as: UTF8.self).utf16)
            plain.removeAll()
        }
        while at < bytes.count {
            guard bytes[at] == 0x5C, at + 1 < bytes.count else {
                plain.append(bytes[at])
                at += 1
                continue
            }
            if bytes[at + 1] == 0x75, let unit = unit(at: at, in: { $0 < bytes.count ? bytes[$0] : 0 }) {
                flush()
                units.append(unit)
                at += 6
                continue
            }
            plain.append(control(bytes[at + 1]))
            at += 2
        }
        flush()
        return String(decoding: units, as: UTF16.self)
    }

    private static func control(_ letter: UInt8) -> UInt8 {
        switch letter {
        case 0x62: 0x08
        case 0x66: 0x0C
        case 0x6E: 0x0A
        case 0x72: 0x0D
        case 0x74: 0x09
        default: letter
        }
    }

    private static func unit(at start: Int, in bytes: (Int) -> UInt8) -> UInt16? {
        var unit: UInt16 = 0
        for index in (start + 2)..<(start + 6) {
            let byte = bytes(index)
            switch byte {
            case 0x30...0x39: unit = unit << 4 | UInt16(byte - 0x30)
            case 0x41...0x46: unit = unit << 4 | UInt16(byte - 0x37)
            case 0x61...0x66: unit = unit << 4 | UInt16(byte - 0x57)
            default: return nil
            }
        }
        return unit
    }
}
