import Contracts

/// Exact numbers of one scale, one after the other; a finer one makes all of them finer.
package struct DecimalColumn: Hashable, Sendable {
    package private(set) var units: ContiguousArray<Int64> = []
    /// Decimal places of every number.
    package private(set) var scale: UInt8 = 0

    package init() {}

    /// Makes a column of numbers that already have one scale.
    package init(units: ContiguousArray<Int64>, scale: UInt8) {
        self.units = units
        self.scale = scale
    }

    package var count: Int { units.count }

    /// Appends an amount, rounded to eight places: no exchange trades finer, what stands behind is a program's noise.
    mutating func appendAmount(_ number: DecimalField.Number) -> Bool {
        guard number.scale > 8 else { return append(number) }
        let divisor = Int128(PowersOfTen.narrow(number.scale - 8))
        let rounded = Int64(truncatingIfNeeded: Int128(number.units).divided(by: divisor, .toNearestOrEven))
        return append(DecimalField.Number(units: rounded, scale: 8).trimmed)
    }

    /// Appends a number; false where there is no room for so many digits.
    mutating func append(_ number: DecimalField.Number) -> Bool {
        if number.scale == Int(scale) {
            units.append(number.units)
            return true
        }
        if number.scale > Int(scale) {
            let factor = PowersOfTen.narrow(number.scale - Int(scale))
            for index in units.indices {
                let (product, overflows) = units[index].multipliedReportingOverflow(by: factor)
                guard !overflows else { return false }
                units[index] = product
            }
            scale = UInt8(number.scale)
            units.append(number.units)
            return true
        }
        let factor = PowersOfTen.narrow(Int(scale) - number.scale)
        let (product, overflows) = number.units.multipliedReportingOverflow(by: factor)
        guard !overflows else { return false }
        units.append(product)
        return true
    }

    /// The places that are really used: trailing zeros of all numbers left out.
    package var usedScale: UInt8 {
        var (used, factor) = (scale, Int64(10))
        while used > 0, factor <= 1_000_000_000_000_000_000 / 10, units.allSatisfy({ $0 % factor == 0 }) {
            (used, factor) = (used - 1, factor * 10)
        }
        return used
    }
}
