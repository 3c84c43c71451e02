import Glibc

/// The performance figures of one series of returns.
///
/// - Units: fractions of equity, per period where no name says `annual`; nil where a figure is not defined.
/// - Shape: `Codable` and ``json`` use the names of the field's papers and tools, such as `sharpe_annual`.
/// - Source: `Performance.docc` defines each figure.
package struct PerformanceReport: Codable, Hashable, Sendable {
    package let periods: Int
    package let periodsPerYear: Double
    package let mean: Double?
    package let deviation: Double?
    package let sharpePerPeriod: Double?
    package let sharpe: Double?
    package let sortino: Double?
    package let totalReturn: Double?
    package let growth: Double?
    package let drawdownMax: Double
    package let drawdownMaxPeriods: Int
    package let underWaterPeriodsMax: Int
    package let calmar: Double?
    package let profitFactor: Double?
    /// The share of winners among the periods that won or lost something.
    package let hitRate: Double?
    package let skew: Double?
    package let kurtosis: Double?
    package let var95: Double?
    package let cvar95: Double?
    package let ulcer: Double?
    /// The chance that the true Sharpe ratio is above 0.
    package let probabilisticSharpe: Double?
    /// The chance that it is above what luck would find among the trials; nil where no others are known.
    package let deflatedSharpe: Double?
    /// How many periods it takes until that chance is 95 %.
    package let trackRecordMin: Double?

    /// Computes all of `series`, which is one of these trials where there were several.
    package init(_ series: ReturnSeries, among trials: SharpeTrials? = nil) {
        let moments = Moments(series.returns)
        let ratio = SharpeRatio(moments)
        let drawdown = Drawdown(series)
        let tail = TailRisk(series.returns)
        let outcomes = Outcomes(series.returns)
        let yearRoot = series.periodsPerYear.squareRoot()
        let years = Double(series.returns.count) / series.periodsPerYear
        let equity = series.equity.last ?? 1

        periods = series.returns.count
        periodsPerYear = series.periodsPerYear
        mean = moments.mean
        deviation = moments.deviation
        sharpePerPeriod = ratio?.perPeriod
        sharpe = ratio.map { $0.perPeriod * yearRoot }
        sortino = moments.mean.flatMap { ($0 / outcomes.downside * yearRoot).ifFinite }
        totalReturn = (equity - 1).ifFinite
        // What is owed has no rate of growth.
        growth = years > 0 && equity >= 0 ? (pow(equity, 1 / years) - 1).ifFinite : nil
        drawdownMax = drawdown.depthMax
        drawdownMaxPeriods = drawdown.depthMaxPeriods
        underWaterPeriodsMax = drawdown.periodsMax
        calmar = growth.flatMap { ($0 / drawdown.depthMax).ifFinite }
        profitFactor = outcomes.profitFactor
        hitRate = outcomes.hitRate
        skew = moments.skew
        kurtosis = moments.kurtosis
        var95 = tail.var95
        cvar95 = tail.cvar95
        ulcer = drawdown.ulcer
        probabilisticSharpe = ratio?.probability(above: 0)
        deflatedSharpe = trials.flatMap { ratio?.probability(above: $0.expectedMax) }
        trackRecordMin = ratio?.trackRecordMin(confidence: 0.95)
    }

    enum CodingKeys: String, CodingKey {
        case periods = "n"
        case periodsPerYear = "periods_per_year"
        case mean
        case deviation = "std"
        case sharpePerPeriod = "sharpe_per_period"
        case sharpe = "sharpe_annual"
        case sortino = "sortino_annual"
        case totalReturn = "total_return"
        case growth = "cagr"
        case drawdownMax = "max_drawdown"
        case drawdownMaxPeriods = "max_drawdown_periods"
        case underWaterPeriodsMax = "max_under_water_periods"
        case calmar
        case profitFactor = "profit_factor"
        case hitRate = "hit_rate"
        case skew, kurtosis
        case var95 = "var95_hist"
        case cvar95 = "cvar95_hist"
        case ulcer
        case probabilisticSharpe = "psr_vs_0"
        case deflatedSharpe = "dsr"
        case trackRecordMin = "min_trl_95_vs_0"
    }
}

/// What was won and what was lost.
private struct Outcomes {
    let profitFactor: Double?
    let hitRate: Double?
    /// The root mean square of the losses, over all periods.
    let downside: Double

    init(_ returns: [Double]) {
        var (gains, losses, squares) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
        var (winners, losers) = (0, 0)
        for value in returns {
            if value > 0 {
                gains.add(value)
                winners += 1
            } else if value < 0 {
                losses.add(value)
                squares.add(value * value)
                losers += 1
            }
        }
        profitFactor = (gains.value / -losses.value).ifFinite
        hitRate = (Double(winners) / Double(winners + losers)).ifFinite
        downside = (squares.value / Double(returns.count)).squareRoot()
    }
}
