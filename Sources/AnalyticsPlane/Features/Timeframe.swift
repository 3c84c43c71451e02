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

    /// Takes a closed bar in and writes down what is known at its close.
    @inline(__always)
    mutating func update(_ bar: borrowing Bar, _ values: inout FeatureValues) {
        indicators.update(bar, &values)
    }

    /// Writes down what the streams say at the end of a bar.
    mutating func writeStreams(
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
