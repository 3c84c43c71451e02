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

/// What is too small to divide by.
///
/// - Source: TA-Lib's `TA_IS_ZERO`.
@inline(__always)
func isNegligible(_ value: Double) -> Bool { value.magnitude < 1e-14 }
