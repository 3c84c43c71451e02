/// Something computed bar by bar, at the same cost each: nothing of the past is gone through again.
///
/// A value: copied, it is a second indicator with the same past; encoded and decoded, it goes on bit for bit.
package protocol Indicator: Hashable, Codable, Sendable {
    associatedtype Value

    /// The newest value; nil until enough bars have been seen.
    var value: Value? { get }
}

extension Indicator {
    /// Whether enough bars have been seen.
    @inlinable package var isWarm: Bool { value != nil }
}

extension Double {
    /// Whether the number is too small to be divided by with all its digits.
    @inline(__always)
    var isNegligible: Bool { magnitude < .leastNormalMagnitude }

    /// Whether a difference of two figures of the size of `figure` is nothing but their rounding.
    ///
    /// Prices are decimals: two means that are equal in decimals may differ in the last binary digits.
    @inline(__always)
    func isRounding(of figure: Double) -> Bool { magnitude <= figure.magnitude * 1e-14 }
}
