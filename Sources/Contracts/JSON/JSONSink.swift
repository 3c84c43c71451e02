/// A stretch of memory that the straight writers fill from front to back; its owner knows the most they can need.
///
/// - Shape: JSON's own marks and names are literals and are not escaped; numbers are plain decimals.
@safe struct JSONSink {
    /// More than the longest event without levels: some twenty fields, none of which takes eighty bytes.
    static let eventBytesMax = 2_048
    /// Two decimals of at most 21 characters, their quotes and marks.
    static let levelBytesMax = 52

    private var end: UnsafeMutablePointer<UInt8>

    init(_ start: UnsafeMutablePointer<UInt8>) { unsafe end = start }

    /// How many bytes stand behind `start`.
    func count(from start: UnsafeMutablePointer<UInt8>) -> Int { unsafe end - start }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        unsafe end.pointee = byte
        unsafe end += 1
    }

    @inline(__always)
    mutating func literal(_ text: StaticString) {
        let count = text.utf8CodeUnitCount
        unsafe end.update(from: text.utf8Start, count: count)
        unsafe end += count
    }

    /// Text that is known to need no escape.
    mutating func plain(_ text: String) {
        for byte in text.utf8 { append(byte) }
    }

    mutating func number(_ value: UInt64) {
        let count = Self.digits(value)
        unsafe end += count
        var rest = value
        for place in 1...count {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            unsafe end[-place] = 0x30 &+ UInt8(truncatingIfNeeded: digit)
            rest = quotient
        }
    }

    mutating func number(_ value: Int64) {
        if value < 0 { append(0x2D) }
        number(value.magnitude)
    }

    /// A whole number of 10^-scale in quotes, with exactly `scale` digits after the point.
    mutating func decimal(_ units: Int64, scale: UInt8) {
        append(0x22)
        if units < 0 { append(0x2D) }
        let magnitude = units.magnitude
        let scale = Int(scale)
        let digits = max(Self.digits(magnitude), scale &+ 1)
        let count = scale == 0 ? digits : digits &+ 1
        unsafe end += count
        var rest = magnitude
        var place = 1
        while place <= count {
            if scale > 0, place == scale &+ 1 {
                unsafe end[-place] = 0x2E
            } else {
                let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
                unsafe end[-place] = 0x30 &+ UInt8(truncatingIfNeeded: digit)
                rest = quotient
            }
            place &+= 1
        }
        append(0x22)
    }

    mutating func hexadecimal(_ number: UInt64, digits: Int) {
        for place in (0..<digits).reversed() {
            let digit = UInt8(truncatingIfNeeded: number &>> UInt64(4 &* place)) & 0xF
            append(digit < 10 ? 0x30 &+ digit : 0x57 &+ digit)
        }
    }

    /// Printable ASCII, in which only two characters are escaped.
    mutating func escaped(_ text: Symbol) {
        escaped(text.words.0)
        escaped(text.words.1)
        escaped(text.words.2)
        escaped(text.words.3)
    }

    private mutating func escaped(_ word: UInt64) {
        var rest = word
        while rest != 0 {
            let byte = UInt8(truncatingIfNeeded: rest &>> 56)
            if byte == 0x22 || byte == 0x5C { append(0x5C) }
            append(byte)
            rest &<<= 8
        }
    }

    private static func digits(_ value: UInt64) -> Int {
        var (count, bound) = (1, UInt64(10))
        while value >= bound, count < 19 {
            count &+= 1
            bound &*= 10
        }
        return value >= bound && count == 19 ? 20 : count
    }
}

/// An event's fields.
extension JSONSink {
    /// A further field's name and colon.
    @inline(__always)
    mutating func name(_ name: StaticString) {
        literal(",\"")
        literal(name)
        literal("\":")
    }

    mutating func field(_ name: StaticString, _ value: Int64) {
        self.name(name)
        number(value)
    }

    mutating func field(_ name: StaticString, _ value: Bool) {
        self.name(name)
        literal(value ? "true" : "false")
    }

    mutating func field(_ name: StaticString, text: String) {
        self.name(name)
        append(0x22)
        plain(text)
        append(0x22)
    }

    mutating func field(_ name: StaticString, _ instrument: Instrument) {
        self.name(name)
        append(0x22)
        plain(instrument.category.rawValue)
        append(0x3A)
        escaped(instrument.symbol)
        append(0x22)
    }

    @inline(__always)
    mutating func field<Kind>(_ name: StaticString, _ value: Decimal64<Kind>?) {
        guard let value else { return }
        self.name(name)
        decimal(value.units, scale: value.scale)
    }

    mutating func field(_ name: StaticString, _ value: Money?) {
        guard let value else { return }
        self.name(name)
        if let units = Int64(exactly: value.units) {
            decimal(units, scale: value.scale)
        } else {
            append(0x22)
            plain(value.description)
            append(0x22)
        }
    }
}
