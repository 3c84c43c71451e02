import Contracts

/// One length of bars with the indicators computed from them.
struct Timeframe: Codable {
    let seconds: Int
    private var indicators: BarIndicators
    /// Joins base bars to this length; the base itself has none.
    var aggregator: BarAggregator?
    private var openInterestBefore: Double?

    init(seconds: Int, isBase: Bool, settings: FeatureSettings) {
        self.seconds = seconds
        indicators = BarIndicators(settings)
        aggregator = isBase ? nil : BarAggregator(barSeconds: seconds)
    }

    /// Takes a closed bar in; gives the features at its end, nil for a bar of the past: that only warms up.
    @inline(__always)
    mutating func close(
        _ bar: borrowing Bar,
        of instrument: Instrument,
        _ market: borrowing MarketFigures,
        _ wanted: borrowing FeatureWants
    ) throws(FeatureError) -> FeatureSet? {
        var values = FeatureValues(wanted)
        indicators.update(bar, &values)
        if wanted.streams { writeStreams(at: bar, market, &values) }
        if let unusable = values.unusable { throw .notFinite(instrument, feature: unusable.name) }
        guard bar.isLive else { return nil }
        return FeatureSet(
            meta: EventMeta(source: .analytics),
            instrument: instrument,
            barSeconds: seconds,
            barEnd: bar.end,
            open: bar.open,
            high: bar.high,
            low: bar.low,
            close: bar.close,
            isWarm: values.known.isSuperset(of: wanted.required),
            known: values.known,
            values: values.values
        )
    }

    private mutating func writeStreams(
        at bar: borrowing Bar,
        _ market: borrowing MarketFigures,
        _ values: inout FeatureValues
    ) {
        values.set(.tradeFlow, bar.flow.balance)
        market.write(at: bar.end, &values)
        if let now = market.openInterest {
            if let openInterestBefore { values.set(.openInterestChange, now - openInterestBefore) }
            openInterestBefore = now
        }
    }
}
