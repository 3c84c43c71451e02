/// A decimal number as one word that does not know how many zeros it was written with: its value modulo a prime.
///
/// Modulo the prime 2^61 - 1 a division by ten is a multiplication, so 1.5, 1.50 and 15/10 are one word without a loop
/// over digits. Numbers that differ share a word once in 2^61.
enum Residue {
    private static let prime: UInt64 = 1 << 61 - 1

    /// The inverse of 10 to the power of 0 through 38.
    private static let inverses: [UInt64] = {
        // Fermat: the inverse of a is a to the power of p - 2.
        var (inverse, base, exponent) = (UInt64(1), UInt64(10), prime - 2)
        while exponent > 0 {
            if exponent & 1 == 1 { inverse = product(inverse, base) }
            base = product(base, base)
            exponent >>= 1
        }
        var powers: [UInt64] = [1]
        for _ in 1...38 { powers.append(product(powers[powers.count - 1], inverse)) }
        return powers
    }()

    /// The residue of `units` x 10^-`scale`.
    @inline(__always)
    static func of(_ units: Int64, scale: UInt8) -> UInt64 {
        let magnitude = units.magnitude
        return signed((magnitude & prime) &+ (magnitude &>> 61), isNegative: units < 0, scale)
    }

    /// The same for more digits.
    static func of(wide units: Int128, scale: UInt8) -> UInt64 {
        let magnitude = units.magnitude
        let parts = [magnitude, magnitude >> 61, magnitude >> 122].map {
            UInt64(truncatingIfNeeded: $0) & prime
        }
        return signed(reduced(parts[0] &+ parts[1] &+ parts[2]), isNegative: units < 0, scale)
    }

    @inline(__always)
    private static func signed(_ value: UInt64, isNegative: Bool, _ scale: UInt8) -> UInt64 {
        let residue = product(reduced(value), inverses[Int(scale)])
        return isNegative && residue != 0 ? prime &- residue : residue
    }

    @inline(__always)
    private static func product(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let (high, low) = left.multipliedFullWidth(by: right)
        return reduced((low & prime) &+ (low &>> 61 | high &<< 3))
    }

    @inline(__always)
    private static func reduced(_ value: UInt64) -> UInt64 {
        let folded = (value & prime) &+ (value &>> 61)
        return folded >= prime ? folded &- prime : folded
    }
}
