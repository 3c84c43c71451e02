import Contracts

/// The places of a feature set while they are filled: only what is enabled gets in.
///
/// One of it serves all bars, so that none pays for its places.
struct FeatureValues {
    private let enabledBits: UInt64
    private var values = Feature.allCases.map { _ in 0.0 }
    private var knownBits: UInt64 = 0
    /// The first feature whose figure was no finite number.
    private(set) var unusable: Feature?

    init(_ wanted: borrowing FeatureWants) { enabledBits = wanted.features.bits }

    var known: FeatureMask { FeatureMask(bits: knownBits) }

    /// The values that are known, in the order of the schema.
    var figures: [Double] {
        var figures: [Double] = []
        figures.reserveCapacity(knownBits.nonzeroBitCount)
        var rest = knownBits
        while rest != 0 {
            figures.append(values[rest.trailingZeroBitCount])
            rest &= rest &- 1
        }
        return figures
    }

    /// Begins with the next bar: nothing is known.
    @inline(__always)
    mutating func begin() {
        knownBits = 0
        unusable = nil
    }

    @inline(__always)
    mutating func set(_ feature: Feature, _ value: Double) {
        let place = feature.rawValue
        let bit: UInt64 = 1 &<< UInt64(place)
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
