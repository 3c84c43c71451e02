/// The natural logarithm of a price ratio in plain arithmetic, so that every machine gets the same bits.
///
/// The C library's `log` picks its code by processor and may differ in the last bit.
enum LogReturn {
    private static let logarithmOfTwo = 0.693147180559945309

    /// The logarithm of `value` / `base`; both above zero.
    static func of(_ value: Double, over base: Double) -> Double {
        var (scaled, doublings) = (value, 0.0)
        while scaled > base * 1.5, scaled.isFinite { (scaled, doublings) = (scaled / 2, doublings + 1) }
        while scaled < base * 0.75, scaled > 0 { (scaled, doublings) = (scaled * 2, doublings - 1) }
        // ln(a/b) = 2 artanh((a-b)/(a+b)); the argument is at most a fifth, so a dozen terms are exact.
        let argument = (scaled - base) / (scaled + base)
        let square = argument * argument
        var sum = 0.0
        for term in stride(from: 25.0, through: 1.0, by: -2.0) { sum = sum * square + 1 / term }
        return 2 * argument * sum + doublings * logarithmOfTwo
    }
}
