import Contracts

/// A decimal number without bounds: units × 10^-scale; nothing is rounded but where `divided` says so.
struct BigDecimal: Equatable, CustomStringConvertible {
    let units: BigInteger
    let scale: Int

    static let zero = BigDecimal(units: BigInteger(0), scale: 0)

    init(units: BigInteger, scale: Int) {
        self.units = units
        self.scale = scale
    }

    init(_ money: Money) { self.init(units: BigInteger(money.units), scale: Int(money.scale)) }

    init<Kind>(_ number: Decimal64<Kind>) {
        self.init(units: BigInteger(Int128(number.units)), scale: Int(number.scale))
    }

    var isZero: Bool { units.isZero }
    var isNegative: Bool { units.isNegative }
    var magnitude: BigDecimal { BigDecimal(units: units.magnitude, scale: scale) }

    static prefix func - (value: BigDecimal) -> BigDecimal {
        BigDecimal(units: -value.units, scale: value.scale)
    }

    static func + (left: BigDecimal, right: BigDecimal) -> BigDecimal {
        let scale = max(left.scale, right.scale)
        return BigDecimal(units: left.units(at: scale) + right.units(at: scale), scale: scale)
    }

    static func - (left: BigDecimal, right: BigDecimal) -> BigDecimal { left + (-right) }

    static func * (left: BigDecimal, right: BigDecimal) -> BigDecimal {
        BigDecimal(units: left.units * right.units, scale: left.scale + right.scale)
    }

    static func == (left: BigDecimal, right: BigDecimal) -> Bool { (left - right).isZero }

    static func < (left: BigDecimal, right: BigDecimal) -> Bool { (left - right).isNegative }

    /// The quotient, rounded half to even at `places` decimal places.
    func divided(by divisor: BigDecimal, places: Int) -> BigDecimal {
        let shift = places + divisor.scale - scale
        let numerator = shift > 0 ? units * BigInteger.powersOfTen[shift] : units
        let denominator = shift < 0 ? divisor.units * BigInteger.powersOfTen[-shift] : divisor.units
        return BigDecimal(units: numerator.dividedHalfEven(by: denominator), scale: places)
    }

    var description: String { "\(units.limbs) at \(scale)" }

    private func units(at common: Int) -> BigInteger {
        common > scale ? units * BigInteger.powersOfTen[common - scale] : units
    }
}
