import Contracts

/// All that later features depend on.
struct FeaturesBody: StateBody {
    static let version = 1

    /// What it was computed with: with other settings the indicators start anew.
    let settings: FeatureSettings
    let takenAt: UnixMilliseconds
    /// In the order in which they were first heard of.
    let instruments: ContiguousArray<InstrumentFeatures>
}
