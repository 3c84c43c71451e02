/// Gives the same numbers for the same seed on every machine (xoshiro256**, seeded by SplitMix64).
struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    init(seed: UInt64) {
        var mixed = seed
        func next() -> UInt64 {
            mixed &+= 0x9E37_79B9_7F4A_7C15
            var word = mixed
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            return word ^ (word >> 31)
        }
        state = (next(), next(), next(), next())
    }

    /// The seed of one part of a market: `text` keeps parts apart (FNV-1a).
    static func seed(_ seed: UInt64, for text: String) -> UInt64 {
        text.utf8.reduce(seed ^ 0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    mutating func next() -> UInt64 {
        let result = rotated(state.1 &* 5, by: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = rotated(state.3, by: 45)
        return result
    }

    /// Evenly spread in 0 ..< 1.
    mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// Evenly spread in 0 ..< bound; 0 for a bound below 1.
    mutating func below(_ bound: Int64) -> Int64 {
        guard bound > 1 else { return 0 }
        return Int64(next() >> 1) % bound
    }

    mutating func chance(_ probability: Double) -> Bool {
        unit() < probability
    }

    /// Close to a normal number with mean 0 and deviation 1; sums and products only, no libm.
    mutating func bell() -> Double {
        (unit() + unit() + unit() + unit() + unit() + unit() - 3) * 1.414_213_562_373_095
    }

    /// A trade id in the exchange's form.
    mutating func uuid() -> String {
        let (high, low) = (next(), next())
        var bytes: [UInt8] = []
        bytes.reserveCapacity(36)
        func put(_ value: UInt64, _ width: UInt64) {
            for place in (0..<width).reversed() {
                let digit = UInt8(truncatingIfNeeded: value >> (place * 4) & 0xF)
                bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            }
        }
        let dash = UInt8(ascii: "-")
        put(high >> 32, 8)
        bytes.append(dash)
        put(high >> 16 & 0xFFFF, 4)
        bytes += [dash, UInt8(ascii: "5")]
        put(high & 0xFFF, 3)
        bytes.append(dash)
        put(0x8000 | low >> 48 & 0x3FFF, 4)
        bytes.append(dash)
        put(low & 0xFFFF_FFFF_FFFF, 12)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func rotated(_ word: UInt64, by count: UInt64) -> UInt64 {
        word << count | word >> (64 - count)
    }
}
