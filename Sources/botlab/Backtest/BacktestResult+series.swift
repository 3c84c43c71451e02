import Contracts
import Performance
import TradingSystem

extension BacktestResult {
    /// The returns from point to point of the equity curve, from the start on.
    var returns: ReturnSeries {
        ReturnSeries(
            equity: [startingEquity.approximate] + curve.map(\.equity),
            periodsPerYear: ReturnSeries.periodsPerYear(milliseconds: curveMilliseconds)
        )
    }

    /// The distance that most points of the curve have; gaps in the data do not count.
    var curveMilliseconds: Int64 {
        var counts: [Int64: Int] = [:]
        for (point, previous) in zip(curve.dropFirst(), curve) {
            counts[point.time - previous.time, default: 0] += 1
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 60_000
    }
}
