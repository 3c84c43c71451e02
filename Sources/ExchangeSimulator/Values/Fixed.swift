/// A price, size or rate as a whole number of 10⁻⁸, so that adding and comparing never rounds.
struct Fixed: Hashable, Comparable, Sendable {
    static let scale = 8
    static let unitsPerOne: Int64 = 100_000_000
    static let zero = Fixed(units: 0)

    var units: Int64

    init(units: Int64) {
        self.units = units
    }

    /// `count` times 10 to the power of minus `decimals`.
    init(_ count: Int64, decimals: Int) {
        units = count * Fixed.powerOfTen(Fixed.scale - decimals)
    }

    static func < (left: Fixed, right: Fixed) -> Bool { left.units < right.units }
    static func + (left: Fixed, right: Fixed) -> Fixed { Fixed(units: left.units + right.units) }
    static func - (left: Fixed, right: Fixed) -> Fixed { Fixed(units: left.units - right.units) }

    /// Price times size in units of 10⁻⁸, cut (not rounded) below; wide, so that sums of years fit.
    func times(_ other: Fixed) -> Int128 {
        Int128(units) * Int128(other.units) / Int128(Fixed.unitsPerOne)
    }

    static func powerOfTen(_ exponent: Int) -> Int64 {
        var power: Int64 = 1
        for _ in 0..<max(0, min(exponent, 18)) { power *= 10 }
        return power
    }
}

extension Fixed {
    /// A decimal number read from text, and how many decimals it was written with.
    struct Reading: Equatable {
        let value: Fixed
        let decimals: Int
    }

    /// Reads `-12.5`, `1e-7` or `3`; nil for anything else and for what 63 bits can't hold.
    ///
    /// Digits beyond the eighth decimal are cut.
    static func read(_ text: some Sequence<UInt8>) -> Reading? {
        var mantissa: Int64 = 0
        var decimals = 0
        var digits = 0
        var isNegative = false
        var hasPoint = false
        var exponent: Int?
        var exponentIsNegative = false
        for (index, byte) in text.enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = Int64(byte - UInt8(ascii: "0"))
                if let known = exponent {
                    exponent = min(known * 10 + Int(digit), 99)
                    continue
                }
                digits += 1
                if hasPoint, decimals == scale { continue }
                let (product, tooBig) = mantissa.multipliedReportingOverflow(by: 10)
                let (sum, tooBigSum) = product.addingReportingOverflow(digit)
                guard !tooBig, !tooBigSum else { return nil }
                mantissa = sum
                if hasPoint { decimals += 1 }
            case UInt8(ascii: "-") where index == 0: isNegative = true
            case UInt8(ascii: "-") where exponent == 0: exponentIsNegative = true
            case UInt8(ascii: "+") where exponent == 0: continue
            case UInt8(ascii: ".") where !hasPoint && exponent == nil: hasPoint = true
            case UInt8(ascii: "e") where exponent == nil && digits > 0: exponent = 0
            case UInt8(ascii: "E") where exponent == nil && digits > 0: exponent = 0
            default: return nil
            }
        }
        guard digits > 0 else { return nil }
        let shift = scale - decimals + (exponentIsNegative ? -(exponent ?? 0) : exponent ?? 0)
        guard let units = shifted(mantissa, by: shift) else { return nil }
        let written = max(0, min(scale, scale - shift))
        return Reading(value: Fixed(units: isNegative ? -units : units), decimals: written)
    }

    private static func shifted(_ mantissa: Int64, by shift: Int) -> Int64? {
        if mantissa == 0 { return 0 }
        if shift < 0 { return shift < -18 ? 0 : mantissa / powerOfTen(-shift) }
        guard shift <= 18 else { return nil }
        let (units, tooBig) = mantissa.multipliedReportingOverflow(by: powerOfTen(shift))
        return tooBig ? nil : units
    }
}
