import Contracts

/// An enabled scenario: enters when all its conditions hold, leaves at its stop, its take profit or after its time.
struct ScenarioStrategy: Strategy {
    /// The entry it waits to leave.
    struct Entry: Codable {
        let stop: Double
        let takeProfit: Double
        var bars = 0
    }

    struct Memory: Codable {
        var entry: Entry?
    }

    /// The part of its allocation that a scenario trades as a canary.
    private static let canaryShare = Ratio(units: 1, scale: 1)

    private let scenario: ScenarioEnabled
    private let conditions: [(feature: Feature?, condition: FeatureCondition)]
    private let exposure: Ratio
    var memory = Memory()

    init(_ scenario: ScenarioEnabled) {
        self.scenario = scenario
        conditions = scenario.rule.conditions.map { (Feature(name: $0.feature), $0) }
        let share = scenario.stage == .canary ? Self.canaryShare : 1
        exposure = scenario.rule.side == .buy ? share : Ratio(units: -share.units, scale: share.scale)
    }

    var allowsShort: Bool { scenario.rule.side == .sell }

    /// What a scenario has of what every strategy has.
    static func options(_ scenario: ScenarioEnabled) -> StrategyOptions {
        StrategyOptions(
            id: scenario.scenario,
            version: scenario.version,
            instruments: [scenario.instrument],
            sizing: .notional(scenario.allocation),
            obeysDrift: true,
            isShadow: scenario.stage == .shadow
        )
    }

    mutating func decide(
        on bar: FeatureSet,
        with inputs: StrategyInputs
    ) throws(StrategyFailure) -> StrategyDecision? {
        guard var current = memory.entry else { return enter(on: bar, with: inputs) }
        current.bars += 1
        memory.entry = current
        guard let why = exit(from: current, on: bar) else { return nil }
        memory.entry = nil
        let note = inputs.entryBar.map { "; no new entries: \($0)" } ?? ""
        return .flat(why + note)
    }

    mutating func wentFlat() { memory.entry = nil }

    private mutating func enter(on bar: FeatureSet, with inputs: StrategyInputs) -> StrategyDecision? {
        guard inputs.entryBar == nil, let atr = bar.value(of: .atr), atr > 0,
            conditions.allSatisfy({ $0.condition.holds(for: $0.feature, in: bar) })
        else { return nil }
        let (rule, close) = (scenario.rule, bar.close.approximate)
        let direction = rule.side == .buy ? 1.0 : -1.0
        let next = Entry(
            stop: close - direction * rule.stopATR * atr,
            takeProfit: close + direction * rule.takeProfitATR * atr
        )
        memory.entry = next
        let terms = rule.conditions.map { "\($0.feature) \($0.comparison.rawValue) \($0.threshold)" }
        return StrategyDecision(
            exposure: exposure,
            // A level that no price can reach is watched for here, and named to nobody.
            stop: next.stop > 0 && (close - next.stop) * direction > 0 ? next.stop : nil,
            takeProfit: next.takeProfit > 0 && (next.takeProfit - close) * direction > 0
                ? next.takeProfit : nil,
            reason: "\(scenario.stage.rawValue): " + terms.joined(separator: ", ")
        )
    }

    /// Where one bar reaches both, the stop counts: nobody knows which came first.
    private func exit(from entry: Entry, on bar: FeatureSet) -> String? {
        let (high, low) = (bar.high.approximate, bar.low.approximate)
        let isLong = scenario.rule.side == .buy
        if isLong ? low <= entry.stop : high >= entry.stop { return "stop reached" }
        if isLong ? high >= entry.takeProfit : low <= entry.takeProfit { return "take profit reached" }
        return entry.bars >= scenario.rule.holdBarsMax ? "held for \(entry.bars) bars" : nil
    }
}

extension FeatureCondition {
    /// Whether the condition holds; one on a feature that is unknown, or has no value yet, never does.
    fileprivate func holds(for feature: Feature?, in bar: FeatureSet) -> Bool {
        guard let value = feature.flatMap(bar.value(of:)) else { return false }
        switch comparison {
        case .above: return value > threshold
        case .below: return value < threshold
        }
    }
}
