import Contracts

/// The places of one feature set while they are filled: only what is enabled gets in.
struct FeatureValues {
    private let enabled: FeatureMask
    private(set) var values: [Double]
    private(set) var known = FeatureMask()
    /// The first feature whose figure was no finite number.
    private(set) var unusable: Feature?

    init(enabled: FeatureMask) {
        self.enabled = enabled
        values = Array(repeating: 0, count: Feature.count)
    }

    @inline(__always)
    mutating func set(_ feature: Feature, _ value: Double) {
        guard enabled.contains(feature) else { return }
        guard value.isFinite else {
            unusable = unusable ?? feature
            return
        }
        values[feature.rawValue] = value
        known.insert(feature)
    }

    @inline(__always)
    mutating func set(_ feature: Feature, _ value: Double?) {
        if let value { set(feature, value) }
    }
}

extension Feature {
    /// How many there are; `allCases` would be made anew each time.
    static let count = Feature.allCases.count
}
