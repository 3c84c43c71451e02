import Glibc

/// A Sharpe ratio per period, and how much the sample it comes from can prove.
///
/// - Source: Bailey and López de Prado, "The Sharpe Ratio Efficient Frontier", 2012.
package struct SharpeRatio: Hashable, Sendable {
    /// Mean over standard deviation, of one period.
    package let perPeriod: Double
    private let count: Double
    /// The variance of the estimate, times n − 1.
    private let spread: Double

    /// Nil where the values do not differ.
    package init?(_ moments: Moments) {
        guard let mean = moments.mean, let deviation = moments.deviation, let skew = moments.skew,
            let kurtosis = moments.kurtosis, let ratio = (mean / deviation).ifFinite
        else { return nil }
        perPeriod = ratio
        count = Double(moments.count)
        spread = 1 - skew * ratio + (kurtosis - 1) / 4 * ratio * ratio
    }

    /// The chance that the true ratio is above `benchmark`, which is one of a period as well.
    package func probability(above benchmark: Double) -> Double? {
        guard spread > 0 else { return nil }
        return NormalDistribution.cumulative(
            (perPeriod - benchmark) * (count - 1).squareRoot() / spread.squareRoot()
        )
    }

    /// How many periods it takes until the chance of a true ratio above 0 is `confidence`; nil where this one is not.
    package func trackRecordMin(confidence: Double) -> Double? {
        guard perPeriod > 0 else { return nil }
        let distance = NormalDistribution.quantile(confidence) / perPeriod
        return (1 + spread * distance * distance).ifFinite
    }
}

/// The best Sharpe ratio that luck alone is expected to find among several trials.
///
/// - Source: Bailey and López de Prado, "The Deflated Sharpe Ratio", 2014.
package struct SharpeTrials: Hashable, Sendable {
    package let count: Int
    /// The variance of the trials' ratios per period, with n − 1.
    package let variance: Double
    /// The ratio per period that a real one has to beat.
    package let expectedMax: Double

    /// Nil with fewer than two trials.
    package init?(_ perPeriod: [Double]) {
        guard let deviation = Moments(perPeriod).deviation else { return nil }
        count = perPeriod.count
        variance = deviation * deviation
        let (number, eulerGamma) = (Double(perPeriod.count), 0.577_215_664_901_532_9)
        let usual = NormalDistribution.quantile(1 - 1 / number)
        let rare = NormalDistribution.quantile(1 - 1 / (number * exp(1)))
        expectedMax = deviation * ((1 - eulerGamma) * usual + eulerGamma * rare)
    }
}
