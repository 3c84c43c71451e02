import Contracts

/// How research works, and what it may do without being asked.
package struct ResearchSettings: Hashable, Sendable {
    package var drift = DriftSettings()
    package var outcomes = OutcomeSettings()
    /// So many vectors may wait for the worker.
    package var queueLimitVectors = 4096
    /// Scenarios approved beforehand: enabled when the system first runs.
    package var scenarios: [ApprovedScenario] = []
    /// What a candidate's backtest must show out of sample.
    package var gates: [Gate] = [
        Gate(figure: "trades", atLeast: 30), Gate(figure: "sharpe", atLeast: 1),
        Gate(figure: "profit_factor", atLeast: 1.2), Gate(figure: "max_drawdown", atMost: 0.2),
    ]
    /// The least drift that rolls an instrument's scenarios back; nil: the kill switch is off.
    package var rollbackSeverity: MarketDriftDetected.Severity? = .severe
    /// What a backtest is charged and seeded with.
    package var takerFee = Ratio(units: 55, scale: 5)
    package var seed: UInt64 = 1
    /// So many backtests may be asked for at a time; a candidate beyond is passed over.
    package var backtestLimit = 64

    package init() {}
}

/// A scenario that an operator has approved in the configuration.
package struct ApprovedScenario: Hashable, Sendable {
    package var scenario: StrategyID
    package var version: Int
    package var stage: ScenarioEnabled.Stage
    package var instrument: Instrument
    package var rule: ScenarioRule
    /// The most exposure it may ask for, in quote asset.
    package var allocation: Money

    package init(
        scenario: StrategyID,
        version: Int,
        stage: ScenarioEnabled.Stage,
        instrument: Instrument,
        rule: ScenarioRule,
        allocation: Money
    ) {
        self.scenario = scenario
        self.version = version
        self.stage = stage
        self.instrument = instrument
        self.rule = rule
        self.allocation = allocation
    }
}

/// One figure of a backtest and the bounds it must keep.
package struct Gate: Hashable, Sendable {
    package let figure: String
    package let least: Double?
    package let most: Double?

    package init(figure: String, atLeast least: Double? = nil, atMost most: Double? = nil) {
        self.figure = figure
        self.least = least
        self.most = most
    }

    /// Why `figures` do not pass; nil where they do.
    ///
    /// A figure that is missing does not pass.
    func refusal(of figures: [NamedFigure]) -> String? {
        guard let value = figures.first(where: { $0.name == figure })?.value else {
            return "\(figure) is missing"
        }
        if let least, !(value >= least) { return "\(figure) is \(value), at least \(least) is asked for" }
        if let most, !(value <= most) { return "\(figure) is \(value), at most \(most) is allowed" }
        return nil
    }
}
