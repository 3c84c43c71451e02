import Glibc

/// Round numbers, for ticks and bins.
enum RoundNumber {
    /// The smallest of 1, 2, 2.5, 5 × 10^n that is not below `rough`.
    static func step(_ rough: Double) -> Double {
        let power = pow(10, log10(rough).rounded(.down))
        return [1, 2, 2.5, 5].map { $0 * power }.first { $0 >= rough * 0.999_999 } ?? 10 * power
    }
}
