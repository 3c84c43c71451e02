/// Several series of equal periods, each deflated by how many were tried.
package struct PerformanceComparison: Hashable, Sendable {
    package let names: [String]
    package let reports: [PerformanceReport]
    /// Nil with fewer than two series that have a Sharpe ratio.
    package let trials: SharpeTrials?
    /// What the choice of the best of them is worth; nil where it was not asked for.
    package let overfitting: [OverfittingProbability]

    package init(
        _ series: [(name: String, series: ReturnSeries)],
        overfitting: [OverfittingProbability] = []
    ) {
        names = series.map(\.name)
        let ratios = series.compactMap { SharpeRatio(Moments($0.series.returns))?.perPeriod }
        let trials = SharpeTrials(ratios)
        reports = series.map { PerformanceReport($0.series, among: trials) }
        self.trials = trials
        self.overfitting = overfitting
    }

    /// The figures as aligned columns, and what the choice among them is worth.
    package var text: String {
        var text = FigureTable(names: names, reports: reports).text
        if let trials {
            text += "\nTrials  \(trials.count); luck alone is expected to find a Sharpe ratio of "
            text += "\(FixedText.text(trials.expectedMax, places: 5)) a period\n"
        }
        for each in overfitting { text += each.text }
        return text
    }

    /// One JSON object on one line, its members named as in the reference figures.
    package var json: String {
        let strategies = zip(names, reports).map { (name: $0, value: $1.json) }
        var members = [
            (name: "n_trials", value: String(trials?.count ?? reports.count)),
            (name: "var_of_trial_sharpes_ddof1", value: JSONLine.number(trials?.variance)),
            (name: "expected_max_sharpe", value: JSONLine.number(trials?.expectedMax)),
            (name: "strategies", value: JSONLine.object(strategies)),
        ]
        if let first = reports.first {
            members.insert(
                (name: "periods_per_year", value: JSONLine.number(first.periodsPerYear)),
                at: 0
            )
        }
        if !overfitting.isEmpty {
            members.append((name: "pbo_cscv", value: JSONLine.array(overfitting.map(\.json))))
        }
        return JSONLine.object(members)
    }
}
