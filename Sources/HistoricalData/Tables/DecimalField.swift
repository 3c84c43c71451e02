/// Reads exact numbers out of a line's bytes, without making a text of them.
enum DecimalField {
    /// A whole number of 10^-`scale`.
    struct Number: Hashable {
        var units: Int64
        var scale: Int

        /// The same number without zeros at the end of its places.
        var trimmed: Number {
            var number = self
            while number.scale > 0, number.units % 10 == 0 {
                number = Number(units: number.units / 10, scale: number.scale - 1)
            }
            return number
        }
    }

    /// Reads `-12.50` or `5e-05`; nil where it is no number, or one that has no room.
    @inline(__always)
    static func read(_ line: [UInt8], _ range: Range<Int>) -> Number? {
        var at = range.lowerBound
        let end = range.upperBound
        guard at < end else { return nil }
        let isNegative = line[at] == UInt8(ascii: "-")
        if isNegative { at += 1 }
        let first = at
        var units: Int64 = 0
        // Eighteen digits fit whatever they are.
        let fastEnd = min(end, at + 18)
        var point = -1
        while at < fastEnd {
            let digit = line[at] &- 0x30
            if digit <= 9 {
                units = units &* 10 &+ Int64(digit)
            } else if digit == 0x2E &- 0x30, point < 0 {
                point = at
            } else {
                break
            }
            at += 1
        }
        guard at == end, at - first > (point >= 0 ? 1 : 0) else {
            return slow(line, range)
        }
        return Number(units: isNegative ? 0 &- units : units, scale: point < 0 ? 0 : end &- point &- 1)
    }

    /// A whole number, as times and ids are.
    @inline(__always)
    static func whole(_ line: [UInt8], _ range: Range<Int>) -> Int64? {
        guard let number = read(line, range), number.scale == 0 else { return nil }
        return number.units
    }

    /// Long numbers, and those with an exponent.
    private static func slow(_ line: [UInt8], _ range: Range<Int>) -> Number? {
        let text = line[range]
        let parts = text.split(
            maxSplits: 1,
            omittingEmptySubsequences: false,
            whereSeparator: { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
        )
        guard let mantissa = parts.first, var number = plain(mantissa) else { return nil }
        guard parts.count == 2 else { return number }
        guard let exponent = Int(String(decoding: parts[1], as: UTF8.self)), abs(exponent) <= 18 else {
            return nil
        }
        number.scale -= exponent
        while number.scale > 18 || number.scale > 0 && number.units % 10 == 0 {
            guard number.units % 10 == 0 else { return nil }
            number = Number(units: number.units / 10, scale: number.scale - 1)
        }
        while number.scale < 0 {
            let (product, overflows) = number.units.multipliedReportingOverflow(by: 10)
            guard !overflows else { return nil }
            number = Number(units: product, scale: number.scale + 1)
        }
        return number
    }

    private static func plain(_ text: ArraySlice<UInt8>) -> Number? {
        var number = Number(units: 0, scale: 0)
        var (digitCount, isBehindPoint, isNegative) = (0, false, false)
        // Zeros at the end of the places say nothing.
        let point = text.firstIndex(of: UInt8(ascii: "."))
        let end = point == nil ? text.endIndex : (text.lastIndex { $0 != 0x30 } ?? text.startIndex) + 1
        for (index, byte) in zip(text.indices, text) {
            let digit = byte &- 0x30
            if digit <= 9 {
                digitCount += 1
                // What stands behind the eighteenth place is a program's noise.
                if isBehindPoint, index >= end || number.scale == 18 { continue }
                let (tens, overflows) = number.units.multipliedReportingOverflow(by: 10)
                let (sum, overflowsToo) = tens.addingReportingOverflow(Int64(digit))
                guard !overflows, !overflowsToo else { return nil }
                number.units = sum
                if isBehindPoint { number.scale += 1 }
            } else if byte == UInt8(ascii: "."), !isBehindPoint, digitCount > 0 {
                isBehindPoint = true
            } else if byte == UInt8(ascii: "-"), index == text.startIndex {
                isNegative = true
            } else {
                return nil
            }
        }
        guard digitCount > 0 else { return nil }
        if isNegative { number.units = -number.units }
        return number
    }
}
