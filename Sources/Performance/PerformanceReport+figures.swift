extension PerformanceReport {
    /// One figure with its names and its value.
    package struct Figure: Sendable {
        /// As in JSON.
        package let name: String
        /// As people read it.
        package let label: String
        package let value: Value

        /// The value for people; a dash where it is not defined.
        package var text: String {
            switch value {
            case .count(let count): String(count)
            case .share(let share, let places):
                share.map { FixedText.text($0 * 100, places: places) + "%" } ?? "-"
            case .number(let number, let places): number.map { FixedText.text($0, places: places) } ?? "-"
            }
        }
    }

    /// A value, and the decimal places that people need of it.
    package enum Value: Sendable {
        case count(Int)
        /// Shown in percent.
        case share(Double?, places: Int)
        case number(Double?, places: Int)
    }

    /// All figures, in the order in which they are shown.
    package var figures: [Figure] { earned + lost + proven }

    private var earned: [Figure] {
        [
            figure(.periods, "Periods", .count(periods)),
            figure(.periodsPerYear, "Periods per year", .number(periodsPerYear, places: 0)),
            figure(.totalReturn, "Total return", .share(totalReturn, places: 2)),
            figure(.growth, "Growth per year (CAGR)", .share(growth, places: 2)),
            figure(.mean, "Mean return of a period", .share(mean, places: 5)),
            figure(.deviation, "Standard deviation of a period", .share(deviation, places: 4)),
            figure(.sharpe, "Sharpe ratio, annual", .number(sharpe, places: 3)),
            figure(.sharpePerPeriod, "Sharpe ratio of a period", .number(sharpePerPeriod, places: 5)),
            figure(.sortino, "Sortino ratio, annual", .number(sortino, places: 3)),
            figure(.calmar, "Calmar ratio", .number(calmar, places: 3)),
            figure(.profitFactor, "Profit factor", .number(profitFactor, places: 3)),
            figure(.hitRate, "Hit rate", .share(hitRate, places: 1)),
        ]
    }

    private var lost: [Figure] {
        [
            figure(.drawdownMax, "Maximum drawdown", .share(drawdownMax, places: 2)),
            figure(.drawdownMaxPeriods, "Its time under water, periods", .count(drawdownMaxPeriods)),
            figure(.underWaterPeriodsMax, "Longest time under water, periods", .count(underWaterPeriodsMax)),
            figure(.ulcer, "Ulcer index", .share(ulcer, places: 2)),
            figure(.var95, "Value at risk, 95 %", .share(var95, places: 3)),
            figure(.cvar95, "Expected shortfall, 95 %", .share(cvar95, places: 3)),
            figure(.skew, "Skew", .number(skew, places: 3)),
            figure(.kurtosis, "Kurtosis (normal = 3)", .number(kurtosis, places: 3)),
        ]
    }

    private var proven: [Figure] {
        [
            figure(
                .probabilisticSharpe,
                "Probabilistic Sharpe ratio",
                .share(probabilisticSharpe, places: 2)
            ),
            figure(.deflatedSharpe, "Deflated Sharpe ratio", .share(deflatedSharpe, places: 2)),
            figure(.trackRecordMin, "Shortest track record, periods", .number(trackRecordMin, places: 0)),
        ]
    }

    private func figure(_ key: CodingKeys, _ label: String, _ value: Value) -> Figure {
        Figure(name: key.rawValue, label: label, value: value)
    }

    /// All figures as aligned lines.
    package var text: String { FigureTable(names: [], reports: [self]).text }

    /// One JSON object on one line; a figure that is not defined is null.
    package var json: String {
        JSONLine.object(figures.map { ($0.name, JSONLine.value($0.value)) })
    }
}
