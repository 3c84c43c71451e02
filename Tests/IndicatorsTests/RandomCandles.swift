import Indicators

/// Numbers that look random and are the same in each run (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// How the prices of a random series go.
enum PriceCourse: String, CaseIterable, Sendable {
    case walk
    /// Every now and then the price is a million times higher or lower.
    case jumps
    /// Long stretches of one price.
    case plateaus
    case constant
}

/// A random series of bars, the same for each seed.
func candles(_ course: PriceCourse, count: Int, seed: UInt64) -> [Candle] {
    var numbers = SeededNumbers(seed: seed)
    var price = 100.0
    var scale = 1.0
    return (0..<count).map { index in
        switch course {
        case .walk: price *= 1 + Double.random(in: -0.01...0.01, using: &numbers)
        case .jumps:
            if index % 37 == 36 { scale = scale == 1 ? 1e6 : 1 }
            price = scale * Double.random(in: 90...110, using: &numbers)
        case .plateaus:
            if index % 60 == 0 { price = Double.random(in: 0.1...200_000, using: &numbers) }
        case .constant: break
        }
        let reach = course == .walk || course == .jumps ? 0.002 : 0
        return Candle(
            openTime: 1_700_000_000_000 + Int64(index) * 60_000,
            open: price,
            high: price * (1 + Double.random(in: 0...1, using: &numbers) * reach),
            low: price * (1 - Double.random(in: 0...1, using: &numbers) * reach),
            close: price,
            volume: (Double.random(in: 0...1000, using: &numbers) * 1000).rounded() / 1000
        )
    }
}

extension Double {
    /// Whether both are the same but for rounding.
    func isNear(_ other: Double, within tolerance: Double = 1e-9) -> Bool {
        (self - other).magnitude <= tolerance * Swift.max(1, magnitude, other.magnitude)
    }
}
