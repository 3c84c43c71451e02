/// An exact amount of the quote asset, wide enough for every turnover and product of the exchange.
///
/// - Shape: `units` × 10^-`scale` in 128 bits, 0 to 36 decimal places; JSON and text are plain decimal strings.
/// - Units: the instrument's quote (settlement) asset.
/// - Errors: ``NumberError``; nothing ever wraps.
@frozen @usableFromInline package struct Money: Sendable {
    /// The most decimal places an amount has.
    package static let scaleMax = 36
    /// No money.
    @inlinable package static var zero: Self { Self(units: 0, scale: 0) }

    @usableFromInline package let units: Int128
    @usableFromInline package let scale: UInt8

    /// Makes `units` × 10^-`scale`.
    @inlinable package init(units: Int128, scale: UInt8) {
        precondition(scale <= 36, "an amount has at most 36 places")
        self.units = units
        self.scale = scale
    }

    /// Parses ASCII decimal text, keeping its number of decimal places.
    @inlinable package init(parsing text: some Sequence<UInt8>) throws(NumberError) {
        let (units, scale) = try DecimalText.parse(text, as: Int128.self, scaleMax: 36)
        self.units = units
        self.scale = scale
    }

    /// Parses decimal text; nil where ``init(parsing:)`` would throw.
    package init?(_ text: String) {
        do throws(NumberError) { self = try Self(parsing: text.utf8) } catch { return nil }
    }

    /// Makes the exact amount nearest to `approximate` with `scale` decimal places.
    package init(nearestTo approximate: Double, scale: UInt8) throws(NumberError) {
        let scaled = (approximate * Double(PowersOfTen.int64[Int(min(scale, 18))])).rounded(.toNearestOrEven)
        guard let units = Int128(exactly: scaled) else { throw .overflow }
        self.init(units: units, scale: min(scale, 18))
    }

    /// The nearest binary fraction: for ratios and display, never for books.
    package var approximate: Double {
        let divisor = PowersOfTen.double[Int(scale)]
        // Nearly every amount fits; the conversion of a wider one costs a microsecond.
        guard let narrow = Int64(exactly: units) else { return Double(units) / divisor }
        return Double(narrow) / divisor
    }
    @inlinable package var isZero: Bool { units == 0 }
    @inlinable package var isNegative: Bool { units < 0 }

    /// The distance from zero.
    package var magnitude: Self {
        get throws(NumberError) { isNegative ? try negated() : self }
    }

    /// The same amount with the other sign.
    package func negated() throws(NumberError) -> Self {
        guard units != .min else { throw .overflow }
        return Self(units: -units, scale: scale)
    }

    /// The exact sum.
    package func adding(_ other: Self) throws(NumberError) -> Self {
        if scale == other.scale {
            let (sum, wrapped) = units.addingReportingOverflow(other.units)
            guard !wrapped else { throw .overflow }
            return Self(units: sum, scale: scale)
        }
        let common = max(scale, other.scale)
        let (sum, wrapped) = try units(at: common).addingReportingOverflow(other.units(at: common))
        guard !wrapped else { throw .overflow }
        return Self(units: sum, scale: common)
    }

    /// The exact difference.
    package func subtracting(_ other: Self) throws(NumberError) -> Self { try adding(other.negated()) }

    /// The exact product with a rate.
    package func times(_ rate: Ratio) throws(NumberError) -> Self {
        let (product, wrapped) = units.multipliedReportingOverflow(by: Int128(rate.units))
        guard !wrapped else { throw .overflow }
        return try Self(product, places: Int(scale) + Int(rate.scale))
    }

    /// The share `part` / `whole` of the amount, rounded once, half to even, at `places` decimal places.
    package func share(_ part: Quantity, of whole: Quantity, places: UInt8) throws(NumberError) -> Self {
        guard !whole.isZero else { throw .dividedByZero }
        let common = max(part.scale, whole.scale)
        let raised = try places > scale ? units(at: places) : units
        let (numerator, wrapped) = raised.multipliedReportingOverflow(by: part.wideUnits(at: common))
        let (divisor, wrappedToo) = whole.wideUnits(at: common).multipliedReportingOverflow(
            by: PowersOfTen.int128[Int(max(scale, places) - places)]
        )
        guard !wrapped, !wrappedToo else { throw .overflow }
        return Self(units: numerator.divided(by: divisor, .toNearestOrEven), scale: places)
    }

    /// The price at which `quantity` is worth the amount, rounded half to even at `places` decimal places.
    package func per(_ quantity: Quantity, places: UInt8) throws(NumberError) -> Price {
        guard !quantity.isZero else { throw .dividedByZero }
        let raised = try units(at: max(scale, places + quantity.scale))
        let excess = Int(max(scale, places + quantity.scale)) - Int(places) - Int(quantity.scale)
        let (divisor, wrapped) = Int128(quantity.units).multipliedReportingOverflow(
            by: PowersOfTen.int128[excess]
        )
        guard !wrapped else { throw .overflow }
        return try Price(wide: raised.divided(by: divisor, .toNearestOrEven), scale: places)
    }

    /// The quantity that the amount buys at `price`, rounded towards zero at `places` decimal places.
    package func quantity(at price: Price, places: UInt8) throws(NumberError) -> Quantity {
        guard !price.isZero else { throw .dividedByZero }
        let target = max(scale, places + price.scale)
        let raised = try units(at: target)
        let excess = Int(target) - Int(places) - Int(price.scale)
        let (divisor, wrapped) = Int128(price.units).multipliedReportingOverflow(
            by: PowersOfTen.int128[excess]
        )
        guard !wrapped else { throw .overflow }
        return try Quantity(wide: raised.divided(by: divisor, .towardZero), scale: places)
    }

    /// The amount with at most `places` decimal places, rounded half to even.
    package func rounded(places: UInt8) throws(NumberError) -> Self {
        guard places < scale else { return self }
        let power = PowersOfTen.int128[Int(scale - places)]
        return Self(units: units.divided(by: power, .toNearestOrEven), scale: places)
    }

    private init(_ units: Int128, places: Int) throws(NumberError) {
        var (units, places) = (units, places)
        while places > 36 {
            guard units % 10 == 0 else { throw .tooFine }
            (units, places) = (units / 10, places - 1)
        }
        self.init(units: units, scale: UInt8(places))
    }

    private func units(at common: UInt8) throws(NumberError) -> Int128 {
        guard common > scale else { return units }
        guard common <= 36 else { throw .tooFine }
        let (raised, wrapped) = units.multipliedReportingOverflow(by: PowersOfTen.int128[Int(common - scale)])
        guard !wrapped else { throw .overflow }
        return raised
    }
}

extension Money: Hashable {
    @usableFromInline package static func == (left: Self, right: Self) -> Bool {
        left.isOrdered(before: right) == nil
    }

    @usableFromInline package func hash(into hasher: inout Hasher) {
        let (units, scale) = normalised
        hasher.combine(units)
        hasher.combine(scale)
    }
}

extension Money: Comparable {
    @usableFromInline package static func < (left: Self, right: Self) -> Bool {
        left.isOrdered(before: right) == true
    }

    /// Nil where both are equal; whole parts first, so that no scale difference can overflow.
    private func isOrdered(before other: Self) -> Bool? {
        if scale == other.scale { return units == other.units ? nil : units < other.units }
        let (whole, rest) = units.quotientAndRemainder(dividingBy: PowersOfTen.int128[Int(scale)])
        let (otherWhole, otherRest) = other.units.quotientAndRemainder(
            dividingBy: PowersOfTen.int128[Int(other.scale)]
        )
        if whole != otherWhole { return whole < otherWhole }
        // Both rests are below 10^scale, so at 36 places they stay below 10^36.
        let fine = rest * PowersOfTen.int128[36 - Int(scale)]
        let otherFine = otherRest * PowersOfTen.int128[36 - Int(other.scale)]
        return fine == otherFine ? nil : fine < otherFine
    }

    private var normalised: (Int128, UInt8) {
        var (units, scale) = (units, scale)
        while scale > 0, units % 10 == 0 { (units, scale) = (units / 10, scale - 1) }
        return (units, scale)
    }
}

extension Money: CustomStringConvertible {
    @usableFromInline package var description: String { DecimalText.text(units, scale: scale) }
}

extension Money: Codable {
    @usableFromInline package init(from decoder: any Decoder) throws {
        self = try Self(parsing: decoder.singleValueContainer().decode(String.self).utf8)
    }

    @usableFromInline package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Money: ExpressibleByIntegerLiteral {
    @usableFromInline package init(integerLiteral value: Int64) { self.init(units: Int128(value), scale: 0) }
}
