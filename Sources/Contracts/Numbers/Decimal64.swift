/// An exact decimal number: a whole count of 10^-scale, of one kind that mixes with no other.
///
/// - Shape: `units` × 10^-`scale`, 0 to 18 decimal places; 16 bytes; JSON and text are plain decimal strings.
/// - Units: those of `Kind`: see ``Price``, ``Quantity`` and ``Ratio``.
/// - Errors: ``NumberError``; nothing ever wraps or is rounded unasked.
/// - Source: `docs/decisions/0003-exact-decimals-carry-their-scale.md`.
@frozen @usableFromInline package struct Decimal64<Kind>: Sendable {
    /// The most decimal places a value has.
    @inlinable package static var scaleMax: Int { 18 }
    /// Zero, without decimal places.
    @inlinable package static var zero: Self { Self(units: 0, scale: 0) }

    @usableFromInline package let units: Int64
    @usableFromInline package let scale: UInt8

    /// Makes `units` × 10^-`scale`.
    @inlinable package init(units: Int64, scale: UInt8) {
        precondition(scale <= 18, "a scale has at most 18 places")
        self.units = units
        self.scale = scale
    }

    /// Parses ASCII decimal text, keeping its number of decimal places.
    @inlinable package init(parsing text: some Sequence<UInt8>) throws(NumberError) {
        let (units, scale) = try DecimalText.parse(text, as: Int64.self, scaleMax: 18)
        self.units = units
        self.scale = scale
    }

    /// Parses decimal text; nil where ``init(parsing:)`` would throw.
    package init?(_ text: String) {
        do throws(NumberError) { self = try Self(parsing: text.utf8) } catch { return nil }
    }

    /// Makes the exact number nearest to `approximate` with `scale` decimal places.
    package init(nearestTo approximate: Double, scale: UInt8) throws(NumberError) {
        let scaled = (approximate * Double(PowersOfTen.int64[Int(scale)])).rounded(.toNearestOrEven)
        guard let units = Int64(exactly: scaled) else { throw .overflow }
        self.init(units: units, scale: scale)
    }

    /// The nearest binary fraction: for indicators and ratios, never for money.
    @inlinable package var approximate: Double { Double(units) / Double(PowersOfTen.narrow(Int(scale))) }
    @inlinable package var isZero: Bool { units == 0 }
    @inlinable package var isNegative: Bool { units < 0 }
    @inlinable package var isPositive: Bool { units > 0 }

    /// The distance from zero.
    package var magnitude: Self {
        get throws(NumberError) { isNegative ? try negated() : self }
    }

    /// The same number with the other sign.
    package func negated() throws(NumberError) -> Self {
        guard units != .min else { throw .overflow }
        return Self(units: -units, scale: scale)
    }

    /// The exact sum.
    @inlinable package func adding(_ other: Self) throws(NumberError) -> Self {
        if scale == other.scale {
            let (sum, wrapped) = units.addingReportingOverflow(other.units)
            guard !wrapped else { throw .overflow }
            return Self(units: sum, scale: scale)
        }
        let common = max(scale, other.scale)
        return try Self(wide: wideUnits(at: common) + other.wideUnits(at: common), scale: common)
    }

    /// The exact difference.
    @inlinable package func subtracting(_ other: Self) throws(NumberError) -> Self {
        if scale == other.scale {
            let (difference, wrapped) = units.subtractingReportingOverflow(other.units)
            guard !wrapped else { throw .overflow }
            return Self(units: difference, scale: scale)
        }
        let common = max(scale, other.scale)
        return try Self(wide: wideUnits(at: common) - other.wideUnits(at: common), scale: common)
    }

    /// The same number with exactly `places` decimal places; throws where digits would be lost.
    package func rescaled(to places: UInt8) throws(NumberError) -> Self {
        if places >= scale { return try Self(wide: wideUnits(at: places), scale: places) }
        let (quotient, remainder) = units.quotientAndRemainder(
            dividingBy: PowersOfTen.int64[Int(scale - places)]
        )
        guard remainder == 0 else { throw .tooFine }
        return Self(units: quotient, scale: places)
    }

    /// The multiple of `step` that `rule` picks: how every tick and lot rule is obeyed.
    package func rounded(
        toMultipleOf step: Self,
        _ rule: FloatingPointRoundingRule
    ) throws(NumberError) -> Self {
        guard step.units > 0 else { throw .dividedByZero }
        let common = max(scale, step.scale)
        let wideStep = step.wideUnits(at: common)
        let steps = wideUnits(at: common).divided(by: wideStep, rule)
        let (product, wrapped) = steps.multipliedReportingOverflow(by: Int128(step.units))
        guard !wrapped else { throw .overflow }
        return try Self(wide: product, scale: step.scale)
    }

    /// Whether the number is a whole multiple of `step`.
    package func isMultiple(of step: Self) -> Bool {
        let common = max(scale, step.scale)
        return step.units != 0 && wideUnits(at: common) % step.wideUnits(at: common) == 0
    }

    /// The product with a number of another kind, exact.
    @inlinable package func times<Other>(_ other: Decimal64<Other>) -> Money {
        Money(units: Int128(units) * Int128(other.units), scale: scale + other.scale)
    }

    @inlinable init(wide: Int128, scale: UInt8) throws(NumberError) {
        guard let units = Int64(exactly: wide) else { throw .overflow }
        self.init(units: units, scale: scale)
    }

    @inlinable func wideUnits(at common: UInt8) -> Int128 {
        Int128(units) * Int128(PowersOfTen.narrow(Int(common - scale)))
    }
}

extension Decimal64: Hashable {
    @inlinable package static func == (left: Self, right: Self) -> Bool {
        if left.scale == right.scale { return left.units == right.units }
        let common = max(left.scale, right.scale)
        return left.wideUnits(at: common) == right.wideUnits(at: common)
    }

    @usableFromInline package func hash(into hasher: inout Hasher) {
        var (units, scale) = (units, scale)
        while scale > 0, units % 10 == 0 { (units, scale) = (units / 10, scale - 1) }
        hasher.combine(units)
        hasher.combine(scale)
    }
}

extension Decimal64: Comparable {
    @inlinable package static func < (left: Self, right: Self) -> Bool {
        if left.scale == right.scale { return left.units < right.units }
        let common = max(left.scale, right.scale)
        return left.wideUnits(at: common) < right.wideUnits(at: common)
    }
}

extension Decimal64: CustomStringConvertible {
    @usableFromInline package var description: String { DecimalText.text(units, scale: scale) }
}

extension Decimal64: Codable {
    @usableFromInline package init(from decoder: any Decoder) throws {
        self = try Self(parsing: decoder.singleValueContainer().decode(String.self).utf8)
    }

    @usableFromInline package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Decimal64: ExpressibleByIntegerLiteral {
    @usableFromInline package init(integerLiteral value: Int64) { self.init(units: value, scale: 0) }
}

extension Int128 {
    /// The quotient, rounded to a whole number as `rule` says.
    package func divided(by divisor: Int128, _ rule: FloatingPointRoundingRule) -> Int128 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        guard remainder != 0 else { return quotient }
        let away: Int128 = (self < 0) == (divisor < 0) ? 1 : -1
        switch rule {
        case .towardZero: return quotient
        case .awayFromZero: return quotient + away
        case .down: return away < 0 ? quotient - 1 : quotient
        case .up: return away > 0 ? quotient + 1 : quotient
        case .toNearestOrEven, .toNearestOrAwayFromZero:
            let twice = remainder.magnitude * 2
            if twice > divisor.magnitude { return quotient + away }
            if twice < divisor.magnitude { return quotient }
            return rule == .toNearestOrAwayFromZero || quotient % 2 != 0 ? quotient + away : quotient
        @unknown default: return quotient
        }
    }
}
