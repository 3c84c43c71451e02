import Contracts

/// Numbers, eight digits at a time.
extension FrameReader {
    /// Reads a decimal in quotes; nil for one that is long, scientific, empty or none.
    @inline(__always)
    mutating func decimal<Kind>() -> Decimal64<Kind>? {
        guard let (units, scale) = digits() else { return nil }
        return Decimal64(units: units, scale: scale)
    }

    /// Reads an amount in quotes; nil as with ``decimal()``.
    @inline(__always)
    mutating func money() -> Money? {
        guard let (units, scale) = digits() else { return nil }
        return Money(units: Int128(units), scale: scale)
    }

    @inline(__always)
    mutating func digits() -> (units: Int64, scale: UInt8)? {
        guard byte(at) == 0x22 else { return nil }
        let isNegative = byte(at &+ 1) == 0x2D
        let start = isNegative ? at &+ 2 : at &+ 1
        let whole = word(start) ^ Self.zeros
        let wholeCount = Self.digitCount(whole)
        guard wholeCount > 0, wholeCount < 8 else { return longDigits(start, isNegative) }
        let last = byte(start &+ wholeCount)
        let front = whole &<< UInt64(truncatingIfNeeded: 64 &- 8 &* wholeCount)
        if last == 0x22 {
            at = start &+ wholeCount &+ 1
            let units = Self.number(front)
            return (isNegative ? 0 &- units : units, 0)
        }
        let pointed = start &+ wholeCount &+ 1
        let fraction = word(pointed) ^ Self.zeros
        let places = Self.digitCount(fraction)
        guard last == 0x2E, places > 0, places < 8, byte(pointed &+ places) == 0x22 else {
            return longDigits(start, isNegative)
        }
        at = pointed &+ places &+ 1
        // The digits of both sides of the point, moved together, the last one highest.
        let shift = UInt64(truncatingIfNeeded: 8 &* places)
        let back = fraction &<< (64 &- shift)
        var units = Self.number(front &>> shift | back)
        let high = front &<< (64 &- shift)
        if high != 0 { units &+= Self.number(high) &* 100_000_000 }
        return (isNegative ? 0 &- units : units, UInt8(truncatingIfNeeded: places))
    }

    /// Reads a decimal in quotes that probably has as many digits before and behind the point as the one before.
    ///
    /// Where it has, the next value's place is known before this one's digits are looked at.
    @inline(__always)
    mutating func decimal<Kind>(like shape: inout DecimalShape) -> Decimal64<Kind>? {
        let point = at &+ 1 &+ shape.whole
        let end = point &+ 1 &+ shape.places
        if byte(at) == 0x22, byte(point) == 0x2E, byte(end) == 0x22 {
            let front = (word(at &+ 1) ^ Self.zeros) &<< UInt64(truncatingIfNeeded: 64 &- 8 &* shape.whole)
            let shift = UInt64(truncatingIfNeeded: 8 &* shape.places)
            let back = (word(point &+ 1) ^ Self.zeros) &<< (64 &- shift)
            if Self.digitCount(front) == 8, Self.digitCount(back) == 8 {
                at = end &+ 1
                var units = Self.number(front &>> shift | back)
                let high = front &<< (64 &- shift)
                if high != 0 { units &+= Self.number(high) &* 100_000_000 }
                return Decimal64(units: units, scale: UInt8(truncatingIfNeeded: shape.places))
            }
        }
        let start = at
        guard let (units, scale) = digits() else { return nil }
        let (whole, places) = (at &- start &- 3 &- Int(scale), Int(scale))
        if whole > 0, whole < 8, places > 0, places < 8, units >= 0 {
            shape = DecimalShape(whole: whole, places: places)
        }
        return Decimal64(units: units, scale: scale)
    }

    /// Reads a whole number without quotes, of at most 19 digits.
    @inline(__always)
    mutating func whole() -> UInt64? {
        let first = word(at) ^ Self.zeros
        let firstCount = Self.digitCount(first)
        guard firstCount > 0 else { return nil }
        if firstCount < 8 {
            at &+= firstCount
            let low = Self.number(first &<< UInt64(truncatingIfNeeded: 64 &- 8 &* firstCount))
            return UInt64(bitPattern: low)
        }
        let second = word(at &+ 8) ^ Self.zeros
        let secondCount = Self.digitCount(second)
        guard secondCount > 0, secondCount < 8 else { return longWhole() }
        at &+= 8 &+ secondCount
        let shift = UInt64(truncatingIfNeeded: 8 &* secondCount)
        let low = Self.number(first &>> shift | second &<< (64 &- shift))
        return UInt64(bitPattern: Self.number(first &<< (64 &- shift)) &* 100_000_000 &+ low)
    }

    /// Reads a time without quotes, in Unix milliseconds.
    @inline(__always)
    mutating func time() -> UnixMilliseconds? {
        guard let value = whole() else { return nil }
        return UnixMilliseconds(exactly: value)
    }

    /// Reads a time in quotes.
    @inline(__always)
    mutating func quotedTime() -> UnixMilliseconds? {
        guard take(0x22), let value = time(), take(0x22) else { return nil }
        return value
    }

    @inline(never)
    private mutating func longDigits(_ start: Int, _ isNegative: Bool) -> (units: Int64, scale: UInt8)? {
        var (units, index, point) = (Int64(0), start, -1)
        while index &- start <= 19 {
            let byte = byte(index)
            if byte &- 0x30 <= 9 {
                units = units &* 10 &+ Int64(byte &- 0x30)
            } else if byte == 0x2E, point < 0, index > start {
                point = index &+ 1
            } else {
                let digitCount = index &- start &- (point < 0 ? 0 : 1)
                guard byte == 0x22, point != index, digitCount > 0, digitCount <= 18 else { return nil }
                at = index &+ 1
                let scale = point < 0 ? 0 : index &- point
                return (isNegative ? 0 &- units : units, UInt8(truncatingIfNeeded: scale))
            }
            index &+= 1
        }
        return nil
    }

    @inline(never)
    private mutating func longWhole() -> UInt64? {
        var (value, index) = (UInt64(0), at)
        // Nineteen digits fit, whatever they are.
        while index &- at < 20, byte(index) &- 0x30 <= 9 {
            value = value &* 10 &+ UInt64(byte(index) &- 0x30)
            index &+= 1
        }
        guard index &- at < 20 else { return nil }
        at = index
        return value
    }

    /// Reads a trade's id in quotes: a UUID in lower case, or a number; nil for any other.
    @inline(__always)
    mutating func tradeID() -> TradeID? {
        let start = at &+ 1
        guard byte(at) == 0x22 else { return nil }
        guard byte(start &+ 8) == 0x2D else {
            // A leading zero would not come back.
            guard byte(start) != 0x30, take(0x22), let number = whole(), take(0x22) else { return nil }
            return .number(number)
        }
        guard byte(start &+ 13) == 0x2D, byte(start &+ 18) == 0x2D, byte(start &+ 23) == 0x2D,
            byte(start &+ 36) == 0x22
        else { return nil }
        let middle = word(start &+ 9) & 0xFFFF_FFFF | word(start &+ 14) &<< 32
        let other = word(start &+ 19) & 0xFFFF_FFFF | word(start &+ 24) &<< 32
        guard let first = Self.nibbles(word(start)), let second = Self.nibbles(middle),
            let third = Self.nibbles(other), let fourth = Self.nibbles(word(start &+ 28))
        else { return nil }
        at = start &+ 37
        return .uuid(high: first &<< 32 | second, low: third &<< 32 | fourth)
    }

    private static let zeros: UInt64 = 0x3030_3030_3030_3030

    /// How many of the lowest bytes, less the digit zero, are digits.
    @inline(__always)
    private static func digitCount(_ word: UInt64) -> Int {
        // A carry out of a byte that is no digit only touches the ones above it.
        let flags = ((word &+ 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080
        return flags.trailingZeroBitCount &>> 3
    }

    /// The number that eight digits make, the lowest byte being the first of them.
    @inline(__always)
    private static func number(_ digits: UInt64) -> Int64 {
        let pairs = digits &* 10 &+ digits &>> 8
        let left = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
        let right = (pairs &>> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
        return Int64(truncatingIfNeeded: (left &+ right) &>> 32)
    }

    /// The number that eight hexadecimal digits make, in lower case; nil where there is another byte.
    @inline(__always)
    private static func nibbles(_ text: UInt64) -> UInt64? {
        // Of each byte below 0x80: a digit, or else one of a to f.
        let high = text & 0x8080_8080_8080_8080
        let atLeastDigit = text &+ 0x5050_5050_5050_5050
        let aboveDigit = text &+ 0x4646_4646_4646_4646
        let atLeastLetter = text &+ 0x1F1F_1F1F_1F1F_1F1F
        let aboveLetter = text &+ 0x1919_1919_1919_1919
        let isHexadecimal = (atLeastDigit & ~aboveDigit) | (atLeastLetter & ~aboveLetter)
        guard high == 0, isHexadecimal & 0x8080_8080_8080_8080 == 0x8080_8080_8080_8080 else { return nil }
        let letters = (text &>> 6) & 0x0101_0101_0101_0101
        let values = (text & 0x0F0F_0F0F_0F0F_0F0F) &+ letters &* 9
        let pairs = (values &<< 4 | values &>> 8) & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &<< 8 | pairs &>> 16) & 0x0000_FFFF_0000_FFFF
        return (fours &<< 16 | fours &>> 32) & 0xFFFF_FFFF
    }
}

/// How many digits a decimal has before the point and behind it: 1 to 7 each.
struct DecimalShape {
    var whole = 5
    var places = 2
}
