/// How far, and for how long, equity stood below the highest it had reached; the start counts as reached.
///
/// - Units: depths as fractions of the peak, positive; times in periods, from a peak to the period that reaches it
///   again, or to the end.
package struct Drawdown: Hashable, Sendable {
    /// The deepest fall from a peak; 0 where equity never fell.
    package let depthMax: Double
    /// The time under water of the deepest fall.
    package let depthMaxPeriods: Int
    /// The longest time under water of all falls.
    package let periodsMax: Int
    /// The root mean square of the drawdowns at the periods' ends; nil without a period.
    package let ulcer: Double?

    package init(_ series: ReturnSeries) {
        var walk = Walk()
        for value in series.equity { walk.step(to: value) }
        depthMax = walk.deepest.depth
        depthMaxPeriods = walk.deepest.periods
        periodsMax = walk.periodsMax
        ulcer = walk.period > 0 ? (walk.squares.value / Double(walk.period)).squareRoot() : nil
    }

    private struct Walk {
        var period = 0
        var squares = CompensatedSum()
        var deepest = (depth: 0.0, peakPeriod: -1, periods: 0)
        var periodsMax = 0
        private var peak = (value: 1.0, period: 0)

        mutating func step(to value: Double) {
            period += 1
            let depth = max(0, 1 - value / peak.value)
            squares.add(depth * depth)
            if depth > deepest.depth { deepest = (depth, peak.period, 0) }
            let isUnderWater = value < peak.value || peak.period < period - 1
            if isUnderWater {
                let periods = period - peak.period
                periodsMax = max(periodsMax, periods)
                if peak.period == deepest.peakPeriod { deepest.periods = periods }
            }
            if value >= peak.value { peak = (value, period) }
        }
    }
}
