/// Where one regime ends and the next begins.
///
/// - Units: trend strength in ATRs between the averages; volatility in multiples of its own long-run mean;
///   spreads as fractions of the price.
package struct ContextSettings: Hashable, Sendable {
    /// The strength at which a trend begins.
    package var trendBegins: Double
    /// The strength below which it ends.
    package var trendEnds: Double
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
