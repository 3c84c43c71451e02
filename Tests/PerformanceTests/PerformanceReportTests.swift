import Performance
import Testing

@Suite struct `Performance report` {
    @Test func `is the same for returns and for the equity they make`() throws {
        let returns = [0.01, -0.02, 0.005, 0.03, -0.01]
        let equity = returns.reduce(into: [1_000.0]) { $0.append(($0.last ?? 0) * (1 + $1)) }
        // When
        let byReturns = PerformanceReport(ReturnSeries(returns: returns, periodsPerYear: 252))
        let byEquity = PerformanceReport(ReturnSeries(equity: equity, periodsPerYear: 252))
        // Then
        for (one, other) in zip(byReturns.figures, byEquity.figures) { #expect(one.text == other.text) }
        #expect(byReturns.periods == 5)
        #expect(byReturns.hitRate == 0.6)
    }

    @Test func `leaves undefined what has no value`() {
        let still = PerformanceReport(ReturnSeries(returns: [0, 0, 0], periodsPerYear: 12))
        #expect(still.sharpe == nil && still.sortino == nil && still.calmar == nil && still.skew == nil)
        #expect(still.profitFactor == nil && still.hitRate == nil && still.probabilisticSharpe == nil)
        #expect(still.totalReturn == 0 && still.drawdownMax == 0 && still.drawdownMaxPeriods == 0)
        let winner = PerformanceReport(ReturnSeries(returns: [0.1, 0.2], periodsPerYear: 12))
        #expect(winner.profitFactor == nil && winner.sortino == nil && winner.hitRate == 1)
        let none = PerformanceReport(ReturnSeries(returns: [], periodsPerYear: 12))
        #expect(none.mean == nil && none.var95 == nil && none.ulcer == nil && none.growth == nil)
        #expect(none.json.contains(#""sharpe_annual":null"#))
    }

    @Test func `ends with an equity that is used up`() {
        let report = PerformanceReport(ReturnSeries(equity: [100, 50, -10, 20, 40], periodsPerYear: 12))
        #expect(report.periods == 2)
        #expect(report.drawdownMax == 1.1)
        #expect(report.growth == nil)
    }

    @Test(arguments: [
        (equity: [100.0, 110, 99, 105, 110, 120], deepest: 3, longest: 3),
        (equity: [100.0, 90, 100, 101, 80, 101], deepest: 2, longest: 2),
        (equity: [100.0, 99, 99, 99, 100, 50, 100], deepest: 2, longest: 4),
        (equity: [100.0, 90, 80, 95], deepest: 3, longest: 3),
        (equity: [100.0, 101, 102, 103], deepest: 0, longest: 0),
    ])
    func `counts the time under water from peak to recovery`(equity: [Double], deepest: Int, longest: Int) {
        let report = PerformanceReport(ReturnSeries(equity: equity, periodsPerYear: 365))
        #expect(report.drawdownMaxPeriods == deepest)
        #expect(report.underWaterPeriodsMax == longest)
    }

    @Test func `prints one aligned line a figure`() throws {
        let report = PerformanceReport(
            ReturnSeries(returns: [0.01, -0.005, 0.02, 0.004], periodsPerYear: 365)
        )
        let lines = report.text.split(separator: "\n")
        #expect(lines.count == report.figures.count)
        #expect(Set(lines.map(\.count)).count == 1)
        #expect(lines[2].hasPrefix("Total return") && lines[2].hasSuffix("  2.91%"))
    }

    @Test func `puts series beside each other, and below where the line is full`() {
        let series = (1...12).map { number in
            (
                name: "strategy \(number)",
                series: ReturnSeries(
                    returns: [0.01, -0.01 * Double(number), 0.02],
                    periodsPerYear: 365
                )
            )
        }
        let text = PerformanceComparison(series).text
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 110 })
        for each in series { #expect(text.contains(each.name)) }
        #expect(text.contains("Trials  12; "))
    }
}

@Suite struct `Fixed text` {
    @Test(arguments: [
        (1.005, 2, "1.00"), (-0.004, 2, "0.00"), (-0.006, 2, "-0.01"), (12.5, 0, "13"), (0.05, 3, "0.050"),
        (1e300, 2, "1e+300"), (123456.789, 1, "123456.8"),
    ])
    func `rounds to the places asked for`(value: Double, places: Int, text: String) {
        #expect(FixedText.text(value, places: places) == text)
    }
}
