import Contracts

/// What the settings ask of each stream, so that an event that nobody wants costs one look.
struct FeatureWants {
    let features: FeatureMask
    /// What has to be known before a set counts as warm.
    let required: FeatureMask
    /// The length of the candles that bars come from; nil where they come from trades.
    let candleMinutes: Int?
    /// Whether any feature comes from a stream that an instrument may not have.
    let streams: Bool
    let trades: Bool
    let book: Bool
    let basis: Bool
    let funding: Bool
    let openInterest: Bool

    /// Whether an event is worth something only because it shows the exchange's time.
    var time: Bool { candleMinutes == nil }

    init(_ settings: FeatureSettings) {
        features = settings.features
        required = features.intersection(.ofBars)
        if case .klines(let minutes) = settings.source {
            candleMinutes = minutes
        } else {
            candleMinutes = nil
        }
        streams = features.meets(.ofStreams)
        trades = candleMinutes == nil || features.contains(.tradeFlow)
        book = features.meets(.ofBook)
        basis = features.contains(.basis)
        funding = features.meets(.ofFunding)
        openInterest = features.meets(.ofOpenInterest)
    }
}
