import Contracts

/// An enabled scenario: enters when all its conditions hold, leaves at its stop, its take profit or after its time.
struct ScenarioStrategy: Strategy {
    /// The entry it waits to leave.
    private struct Entry: Sendable {
        let stop: Double
        let takeProfit: Double
        var bars = 0
    }

    /// The part of its allocation that a scenario trades as a canary.
    private static let canaryShare = Ratio(units: 1, scale: 1)

    private let scenario: ScenarioEnabled
    private let target: Money
    private var entry: Entry?

    /// Nil where the allocation cannot be computed.
    init?(_ scenario: ScenarioEnabled) {
        guard
            let size = try? scenario.stage == .canary
                ? scenario.allocation.times(Self.canaryShare) : scenario.allocation,
            let target = try? scenario.rule.side == .buy ? size : size.negated()
        else { return nil }
        self.scenario = scenario
        self.target = target
    }

    var id: StrategyID { scenario.scenario }
    var version: Int { scenario.version }
    var isShadow: Bool { scenario.stage == .shadow }
    var obeysDrift: Bool { true }

    mutating func decide(on inputs: StrategyInputs) -> StrategyDecision? {
        guard inputs.features.isWarm else { return nil }
        guard var current = entry else { return enter(on: inputs) }
        current.bars += 1
        entry = current
        guard let why = exit(from: current, on: inputs.features) else { return nil }
        entry = nil
        let note = inputs.entryBar.map { "; no new entries: \($0)" } ?? ""
        return StrategyDecision(target: .zero, reason: why + note)
    }

    private mutating func enter(on inputs: StrategyInputs) -> StrategyDecision? {
        let features = inputs.features
        let (close, atr) = (features.close.approximate, features[.atr])
        guard inputs.entryBar == nil, atr > 0, scenario.rule.conditions.allSatisfy({ $0.holds(in: features) })
        else { return nil }
        let direction = scenario.rule.side == .buy ? 1.0 : -1.0
        let next = Entry(
            stop: close - direction * scenario.rule.stopATR * atr,
            takeProfit: close + direction * scenario.rule.takeProfitATR * atr
        )
        entry = next
        let conditions = scenario.rule.conditions.map {
            "\($0.feature) \($0.comparison.rawValue) \($0.threshold)"
        }
        return StrategyDecision(
            target: target,
            stop: next.stop,
            takeProfit: next.takeProfit,
            reason: "\(scenario.stage.rawValue): " + conditions.joined(separator: ", ")
        )
    }

    /// Where one bar reaches both, the stop counts: nobody knows which came first.
    private func exit(from entry: Entry, on features: FeatureSet) -> String? {
        let (high, low) = (features.high.approximate, features.low.approximate)
        let isLong = scenario.rule.side == .buy
        if isLong ? low <= entry.stop : high >= entry.stop { return "stop reached" }
        if isLong ? high >= entry.takeProfit : low <= entry.takeProfit { return "take profit reached" }
        return entry.bars >= scenario.rule.holdBarsMax ? "held for \(entry.bars) bars" : nil
    }
}

extension FeatureCondition {
    /// Whether the condition holds; one on an unknown feature never does.
    func holds(in features: FeatureSet) -> Bool {
        guard let feature = Feature(name: feature) else { return false }
        switch comparison {
        case .above: return features[feature] > threshold
        case .below: return features[feature] < threshold
        }
    }
}
