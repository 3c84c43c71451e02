/// Where one regime ends and the next begins.
///
/// - Units: trend strength in ATRs between the averages; volatility in multiples of its own long-run mean;
///   spreads as fractions of the price.
package struct ContextSettings: Hashable, Codable, Sendable {
    /// The timeframe that the regime is read from; nil for the shortest that an instrument has.
    package var timeframeSeconds: Int?
    /// The strength at which a trend begins.
    package var trendBegins: Double
    /// The strength below which it ends.
    package var trendEnds: Double
    /// The average directional index that a trend also needs to begin, where the index is known.
    package var adxBegins = 20.0
    /// The index below which a trend ends, however far the averages are apart.
    package var adxEnds = 15.0
    package var volatilityHigh: Double
    package var volatilityLow: Double
    /// How many bars the long-run mean of the volatility covers; until then the volatility is normal.
    package var volatilityMeanBars: Int
    /// The spread up to which liquidity is high.
    package var spreadTight: Double
    /// The spread from which on it is low.
    package var spreadWide: Double
    /// How far beyond a border a figure must go to cross it, as a fraction of the border.
    package var hysteresis: Double
    /// How many bars a trend, a volatility or a liquidity lasts at least before it may change.
    package var dwellBars = 3
    /// How long before and after a funding settlement it counts as near.
    package var fundingWindowMinutes = 15

    package init(
        trendBegins: Double = 0.6,
        trendEnds: Double = 0.3,
        volatilityHigh: Double = 1.5,
        volatilityLow: Double = 0.6,
        volatilityMeanBars: Int = 96,
        spreadTight: Double = 0.0002,
        spreadWide: Double = 0.001,
        hysteresis: Double = 0.1
    ) {
        self.trendBegins = trendBegins
        self.trendEnds = trendEnds
        self.volatilityHigh = volatilityHigh
        self.volatilityLow = volatilityLow
        self.volatilityMeanBars = volatilityMeanBars
        self.spreadTight = spreadTight
        self.spreadWide = spreadWide
        self.hysteresis = hysteresis
    }
}
