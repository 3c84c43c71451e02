import Contracts

/// The places of one feature set while they are filled: only what is enabled gets in.
struct FeatureValues {
    /// The places before anything is known: copied, which costs less than making them.
    private static let blank = Feature.allCases.map { _ in 0.0 }

    private let enabledBits: UInt64
    private(set) var values: [Double]
    private var knownBits: UInt64 = 0
    /// The first feature whose figure was no finite number.
    private(set) var unusable: Feature?

    init(_ wanted: borrowing FeatureWants) {
        enabledBits = wanted.features.bits
        values = Self.blank
    }

    var known: FeatureMask { FeatureMask(bits: knownBits) }

    @inline(__always)
    mutating func set(_ feature: Feature, _ value: Double) {
        let place = feature.rawValue
        let bit: UInt64 = 1 << UInt64(place)
        guard enabledBits & bit != 0 else { return }
        guard value.isFinite else {
            unusable = unusable ?? feature
            return
        }
        values[place] = value
        knownBits |= bit
    }

    @inline(__always)
    mutating func set(_ feature: Feature, _ value: Double?) {
        if let value { set(feature, value) }
    }
}
