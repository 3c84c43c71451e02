import Contracts

/// Reading values: decimals are strings or numbers alike, and an empty string is an absent value.
extension ByteScanner {
    /// Reads a string or a number; nil for `null` and `""`.
    @inline(__always)
    mutating func scalar(_ field: StaticString) throws(WireError) -> Slice? {
        skipSpace()
        let slice: Slice
        switch self[at] {
        case 0x22: slice = try string()
        case 0x7B, 0x5B: throw malformed("\(field)")
        default:
            slice = try word()
            if matches(slice, "null") { return nil }
        }
        return slice.isEmpty ? nil : slice
    }

    /// Reads `true` or `false`.
    mutating func flag(_ field: StaticString) throws(WireError) -> Bool {
        guard let slice = try scalar(field) else { return false }
        if matches(slice, "true") { return true }
        if matches(slice, "false") { return false }
        throw malformed("\(field)", at: slice.start)
    }

    /// Reads a whole number of at least zero; nil where the value is absent.
    @inline(__always)
    mutating func whole(_ field: StaticString) throws(WireError) -> UInt64? {
        guard let slice = try scalar(field) else { return nil }
        return try whole(slice, field)
    }

    @inline(__always)
    func whole(_ slice: Slice, _ field: StaticString) throws(WireError) -> UInt64 {
        var value: UInt64 = 0
        for index in slice.start..<slice.end {
            let digit = self[index] &- 0x30
            let (tens, wrapped) = value.multipliedReportingOverflow(by: 10)
            let (sum, wrappedAgain) = tens.addingReportingOverflow(UInt64(digit))
            guard digit <= 9, !wrapped, !wrappedAgain else { throw malformed("\(field)", at: slice.start) }
            value = sum
        }
        return value
    }

    /// Reads a time in Unix milliseconds; nil where it is absent.
    @inline(__always)
    mutating func time(_ field: StaticString) throws(WireError) -> UnixMilliseconds? {
        let start = at
        guard let value = try whole(field) else { return nil }
        guard let time = UnixMilliseconds(exactly: value) else { throw malformed("\(field)", at: start) }
        return time
    }

    /// Reads an exact decimal; nil where it is absent.
    @inline(__always)
    mutating func decimal<Kind>(_ field: StaticString) throws(WireError) -> Decimal64<Kind>? {
        guard let slice = try scalar(field) else { return nil }
        if let (units, scale) = short(slice) { return Decimal64<Kind>(units: units, scale: scale) }
        do throws(NumberError) {
            return try Decimal64<Kind>(parsing: SliceBytes(self, slice))
        } catch {
            let plain = try plainDigits(slice, field, after: error)
            do throws(NumberError) {
                return try Decimal64<Kind>(parsing: plain)
            } catch {
                throw unrepresentable(slice, field, error)
            }
        }
    }

    /// Reads an amount; nil where it is absent.
    @inline(__always)
    mutating func money(_ field: StaticString) throws(WireError) -> Money? {
        guard let slice = try scalar(field) else { return nil }
        if let (units, scale) = short(slice) { return Money(units: Int128(units), scale: scale) }
        do throws(NumberError) {
            return try Money(parsing: SliceBytes(self, slice))
        } catch {
            let plain = try plainDigits(slice, field, after: error)
            do throws(NumberError) {
                return try Money(parsing: plain)
            } catch {
                throw unrepresentable(slice, field, error)
            }
        }
    }

    /// Reads a symbol; nil where it is absent.
    @inline(__always)
    mutating func symbol(_ field: StaticString) throws(WireError) -> Symbol? {
        guard let slice = try scalar(field) else { return nil }
        return try symbol(slice, field)
    }

    @inline(__always)
    func symbol(_ slice: Slice, _ field: StaticString) throws(WireError) -> Symbol {
        do throws(SymbolError) {
            return try Symbol(ascii: SliceBytes(self, slice))
        } catch {
            throw malformed("\(field)", at: slice.start)
        }
    }

    /// The text of a slice, its escapes resolved.
    func text(_ slice: Slice) -> String {
        Escapes.text(SliceBytes(self, slice).map { $0 })
    }

    /// A plain decimal too short to overflow, which nearly all are; nil leaves the text to the exact parsers.
    @inline(__always)
    private func short(_ slice: Slice) -> (units: Int64, scale: UInt8)? {
        let isNegative = self[slice.start] == 0x2D
        let start = isNegative ? slice.start &+ 1 : slice.start
        guard slice.end &- start <= 18, self[start] &- 0x30 <= 9, self[slice.end &- 1] != 0x2E else {
            return nil
        }
        var units: Int64 = 0
        var point = slice.end
        for index in start..<slice.end {
            let digit = self[index] &- 0x30
            if digit <= 9 {
                units = units &* 10 &+ Int64(digit)
            } else if digit == 0xFE, point == slice.end {
                point = index &+ 1
            } else {
                return nil
            }
        }
        return (isNegative ? 0 &- units : units, UInt8(truncatingIfNeeded: slice.end &- point))
    }

    private func unrepresentable(_ slice: Slice, _ field: StaticString, _ error: NumberError) -> WireError {
        .unrepresentable(field: "\(field)", text: excerpt(slice), why: error)
    }

    private func excerpt(_ slice: Slice) -> String {
        String(decoding: SliceBytes(self, slice).prefix(40).map { $0 }, as: UTF8.self)
    }

    /// Scientific notation occurs ("1e+06"): gives the same number in plain digits, or tells what is wrong.
    private func plainDigits(
        _ slice: Slice,
        _ field: StaticString,
        after error: NumberError
    ) throws(WireError) -> [UInt8] {
        guard error == .malformed else { throw unrepresentable(slice, field, error) }
        guard let plain = ScientificText.plain(SliceBytes(self, slice)) else {
            throw .malformed(field: "\(field)", text: excerpt(slice))
        }
        return plain
    }
}
