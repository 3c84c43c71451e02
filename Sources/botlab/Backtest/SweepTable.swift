import Contracts
import Performance

/// The best runs of a sweep as a table for people.
struct SweepTable {
    let rows: [SweepRow]
    let figure: SweepFigure
    let count: Int

    var text: String {
        let ranked = rows.filter { $0.figures != nil }.sorted { one, other in
            let (left, right) = (one.figures.flatMap(figure.value), other.figures.flatMap(figure.value))
            if left == right { return one.number < other.number }
            return figure.isBetter(left, than: right)
        }
        let keys = rows.first?.parameters.map(\.key) ?? []
        var cells = [
            ["run"] + keys.map { $0.split(separator: ".").last.map(String.init) ?? $0 }
                + ["return", "sharpe", "sortino", "drawdown", "trades", "won", "fees"]
        ]
        cells += ranked.prefix(count).compactMap(Self.cells)
        return Self.aligned(cells) + tail(ranked)
    }

    private func tail(_ ranked: [SweepRow]) -> String {
        let failed = rows.filter { $0.figures == nil }
        var lines = ["\(rows.count) runs, \(ranked.count) done, by \(figure.rawValue)"]
        lines += failed.prefix(3).map { "run \($0.number) failed: \($0.failure ?? "")" }
        let ratios = ranked.compactMap { $0.figures?.performance.sharpePerPeriod }
        if let best = ranked.first?.figures, let trials = SharpeTrials(ratios),
            let ratio = best.performance.sharpePerPeriod
        {
            let luck = BacktestSummary.fixed(
                trials.expectedMax * best.performance.periodsPerYear.squareRoot(),
                2
            )
            let own = BacktestSummary.fixed(ratio * best.performance.periodsPerYear.squareRoot(), 2)
            lines.append("the best has a Sharpe ratio of \(own); luck alone finds \(luck) among so many")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func cells(_ row: SweepRow) -> [String]? {
        guard let figures = row.figures else { return nil }
        let performance = figures.performance
        func number(_ value: Double?) -> String { value.map { BacktestSummary.fixed($0, 2) } ?? "-" }
        func percent(_ share: Double?) -> String {
            share.map { BacktestSummary.fixed($0 * 100, 2) + "%" } ?? "-"
        }
        return ["\(row.number)"] + row.parameters.map(\.value) + [
            percent(performance.totalReturn), number(performance.sharpe), number(performance.sortino),
            percent(performance.drawdownMax), "\(figures.trades)", "\(figures.won)",
            BacktestSummary.fixed(figures.fees.approximate, 2),
        ]
    }

    /// Right-aligned columns.
    private static func aligned(_ cells: [[String]]) -> String {
        let widths = (cells.first ?? []).indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }.joined(separator: "  ")
                + "\n"
        }.joined()
    }
}
