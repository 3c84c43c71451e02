/// The natural logarithm of a close over the one before it.
package struct LogReturn: Indicator {
    private static let logarithmOfTwo = 0.693147180559945309

    private var previous: Double?
    package private(set) var value: Double?

    package init() {}

    /// Takes a close in that is above zero.
    @discardableResult
    package mutating func update(_ close: Double) -> Double? {
        value = previous.map { Self.of(close, over: $0) }
        previous = close
        return value
    }

    /// The logarithm of `value` / `base`, both above zero, in plain arithmetic: every machine gets the same bits.
    ///
    /// The C library's `log` picks its code by processor and may differ in the last bit.
    package static func of(_ value: Double, over base: Double) -> Double {
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
