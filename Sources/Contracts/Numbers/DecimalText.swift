/// Reads and writes plain decimal text without Foundation: an optional minus, digits, an optional point.
@frozen @usableFromInline package enum DecimalText {
    /// Parses ASCII decimal digits into a whole number of 10^-scale.
    ///
    /// The digits after the point give the scale, so that the exchange's text comes back as it was sent.
    /// Trailing zeros beyond `scaleMax` are dropped; other digits there are an error.
    @inlinable package static func parse<Units: FixedWidthInteger & SignedInteger>(
        _ text: some Sequence<UInt8>,
        as units: Units.Type,
        scaleMax: Int
    ) throws(NumberError) -> (units: Units, scale: UInt8) {
        var value: Units = 0
        var scale = 0
        var digits = 0
        var isNegative = false
        var pointSeen = false
        var isFirst = true
        for byte in text {
            defer { isFirst = false }
            let digit = byte &- 0x30
            if digit <= 9 {
                digits += 1
                if pointSeen && scale == scaleMax {
                    guard digit == 0 else { throw .tooFine }
                    continue
                }
                let (tens, wrapped) = value.multipliedReportingOverflow(by: 10)
                // Downwards, so that the smallest number parses too.
                let (sum, wrappedAgain) = tens.subtractingReportingOverflow(Units(truncatingIfNeeded: digit))
                guard !wrapped, !wrappedAgain else { throw .overflow }
                value = sum
                if pointSeen { scale += 1 }
            } else if byte == 0x2E, !pointSeen, digits > 0 {
                pointSeen = true
            } else if byte == 0x2D, isFirst {
                isNegative = true
            } else {
                throw .malformed
            }
        }
        guard digits > 0, !(pointSeen && scale == 0 && digits == 0) else { throw .malformed }
        if !isNegative {
            guard value != .min else { throw .overflow }
            value = 0 - value
        }
        return (value, UInt8(truncatingIfNeeded: scale))
    }

    /// Writes a whole number of 10^-scale, with exactly `scale` digits after the point.
    package static func append<Units: FixedWidthInteger & SignedInteger>(
        _ units: Units,
        scale: UInt8,
        to bytes: inout [UInt8]
    ) {
        if units < 0 { bytes.append(0x2D) }
        let start = bytes.count
        var rest = units.magnitude
        var written = 0
        repeat {
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10)
            bytes.append(0x30 + UInt8(truncatingIfNeeded: remainder))
            rest = quotient
            written += 1
            if written == Int(scale) { bytes.append(0x2E) }
        } while rest != 0 || written <= Int(scale)
        bytes[start...].reverse()
    }

    /// Gives the text of a whole number of 10^-scale.
    package static func text<Units: FixedWidthInteger & SignedInteger>(_ units: Units, scale: UInt8) -> String
    {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        append(units, scale: scale, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
