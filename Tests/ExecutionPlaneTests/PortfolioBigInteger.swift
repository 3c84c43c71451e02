/// A whole number without bounds, by schoolbook arithmetic on limbs of 32 bits: the books' independent check.
struct BigInteger: Equatable {
    private(set) var isNegative: Bool
    /// Lowest first, without zeros at the end; zero has none.
    private(set) var limbs: [UInt32]

    init(_ value: Int128) {
        isNegative = value < 0
        limbs = []
        var rest = value.magnitude
        while rest != 0 {
            limbs.append(UInt32(truncatingIfNeeded: rest))
            rest >>= 32
        }
    }

    private init(isNegative: Bool, _ limbs: [UInt32]) {
        self.limbs = limbs
        while self.limbs.last == 0 { self.limbs.removeLast() }
        self.isNegative = isNegative && !self.limbs.isEmpty
    }

    static let powersOfTen: [BigInteger] = (0..<80).reduce(into: [BigInteger(1)]) { powers, _ in
        powers.append(powers[powers.count - 1] * BigInteger(10))
    }

    var isZero: Bool { limbs.isEmpty }
    var magnitude: BigInteger { BigInteger(isNegative: false, limbs) }

    static prefix func - (value: BigInteger) -> BigInteger {
        BigInteger(isNegative: !value.isNegative, value.limbs)
    }

    static func + (left: BigInteger, right: BigInteger) -> BigInteger {
        if left.isNegative == right.isNegative {
            return BigInteger(isNegative: left.isNegative, sum(left.limbs, right.limbs))
        }
        return isLess(left.limbs, right.limbs)
            ? BigInteger(isNegative: right.isNegative, difference(right.limbs, left.limbs))
            : BigInteger(isNegative: left.isNegative, difference(left.limbs, right.limbs))
    }

    static func - (left: BigInteger, right: BigInteger) -> BigInteger { left + (-right) }

    static func * (left: BigInteger, right: BigInteger) -> BigInteger {
        var product = [UInt32](repeating: 0, count: left.limbs.count + right.limbs.count)
        for (place, limb) in left.limbs.enumerated() {
            var carry: UInt64 = 0
            for (otherPlace, other) in right.limbs.enumerated() {
                let value = UInt64(limb) * UInt64(other) + UInt64(product[place + otherPlace]) + carry
                product[place + otherPlace] = UInt32(truncatingIfNeeded: value)
                carry = value >> 32
            }
            product[place + right.limbs.count] = UInt32(carry)
        }
        return BigInteger(isNegative: left.isNegative != right.isNegative, product)
    }

    /// The quotient, rounded half to even.
    func dividedHalfEven(by divisor: BigInteger) -> BigInteger {
        let (quotient, remainder) = Self.divided(limbs, divisor.limbs)
        let twice = Self.sum(remainder, remainder)
        let isOdd = (quotient.first ?? 0) & 1 == 1
        let goesUp = Self.isLess(divisor.limbs, twice) || twice == divisor.limbs && isOdd
        return BigInteger(
            isNegative: isNegative != divisor.isNegative,
            goesUp ? Self.sum(quotient, [1]) : quotient
        )
    }

    private static func sum(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        let (long, short) = left.count >= right.count ? (left, right) : (right, left)
        var sum: [UInt32] = []
        sum.reserveCapacity(long.count + 1)
        var carry: UInt64 = 0
        for place in long.indices {
            let value = UInt64(long[place]) + (place < short.count ? UInt64(short[place]) : 0) + carry
            sum.append(UInt32(truncatingIfNeeded: value))
            carry = value >> 32
        }
        if carry != 0 { sum.append(UInt32(carry)) }
        return sum
    }

    /// The left one is not the smaller.
    private static func difference(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var difference = left
        var borrow: Int64 = 0
        for place in left.indices {
            let value = Int64(left[place]) - (place < right.count ? Int64(right[place]) : 0) - borrow
            difference[place] = UInt32(truncatingIfNeeded: value)
            borrow = value < 0 ? 1 : 0
        }
        while difference.last == 0 { difference.removeLast() }
        return difference
    }

    private static func isLess(_ left: [UInt32], _ right: [UInt32]) -> Bool {
        if left.count != right.count { return left.count < right.count }
        for place in left.indices.reversed() where left[place] != right[place] {
            return left[place] < right[place]
        }
        return false
    }

    /// Bit by bit, so that there is nothing clever in it.
    private static func divided(
        _ numerator: [UInt32],
        _ divisor: [UInt32]
    ) -> (quotient: [UInt32], remainder: [UInt32]) {
        precondition(!divisor.isEmpty, "a division by zero")
        if isLess(numerator, divisor) { return ([], numerator) }
        if divisor.count == 1 { return dividedByLimb(numerator, UInt64(divisor[0])) }
        var quotient = [UInt32](repeating: 0, count: numerator.count)
        // The highest limbs that are still below the divisor need no steps.
        let skipped = divisor.count - 1
        var remainder = Array(numerator[(numerator.count - skipped)...])
        while remainder.last == 0 { remainder.removeLast() }
        for bit in (0..<(numerator.count - skipped) * 32).reversed() {
            var carry = (numerator[bit / 32] >> (bit % 32)) & 1
            for place in remainder.indices {
                let next = remainder[place] >> 31
                remainder[place] = remainder[place] << 1 | carry
                carry = next
            }
            if carry != 0 { remainder.append(carry) }
            guard !isLess(remainder, divisor) else { continue }
            remainder = difference(remainder, divisor)
            quotient[bit / 32] |= 1 << (bit % 32)
        }
        while quotient.last == 0 { quotient.removeLast() }
        return (quotient, remainder)
    }

    private static func dividedByLimb(
        _ numerator: [UInt32],
        _ divisor: UInt64
    ) -> (quotient: [UInt32], remainder: [UInt32]) {
        var quotient = numerator
        var remainder: UInt64 = 0
        for place in numerator.indices.reversed() {
            let value = remainder << 32 | UInt64(numerator[place])
            quotient[place] = UInt32(value / divisor)
            remainder = value % divisor
        }
        while quotient.last == 0 { quotient.removeLast() }
        return (quotient, remainder == 0 ? [] : [UInt32(remainder)])
    }
}
