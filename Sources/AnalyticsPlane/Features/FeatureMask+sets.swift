import Contracts

extension FeatureMask {
    /// Exactly these features.
    package init(_ features: some Sequence<Feature>) {
        self.init()
        for feature in features { insert(feature) }
    }

    /// What follows from bars alone: known from some bar on, so that it can be waited for.
    ///
    /// The rest needs streams that an instrument may not have, or a trade on the day.
    static let ofBars = FeatureMask(bits: FeatureMask.all.bits & ~FeatureMask.ofStreams.bits)

    static let ofStreams = FeatureMask([
        .spread, .imbalance, .micropriceOffset, .bookSlope, .tradeFlow, .vwapDay, .basis, .fundingRate,
        .minutesToFunding, .openInterest, .openInterestChange,
    ])

    static let ofBook = FeatureMask([.spread, .imbalance, .micropriceOffset, .bookSlope])
    static let ofFunding = FeatureMask([.fundingRate, .minutesToFunding])
    static let ofOpenInterest = FeatureMask([.openInterest, .openInterestChange])

    @inline(__always)
    func intersection(_ other: Self) -> Self { Self(bits: bits & other.bits) }
    @inline(__always)
    func isSuperset(of other: Self) -> Bool { bits & other.bits == other.bits }
    @inline(__always)
    func meets(_ other: Self) -> Bool { bits & other.bits != 0 }
}
