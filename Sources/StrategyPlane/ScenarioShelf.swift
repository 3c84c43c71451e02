import Contracts

/// The versions of each scenario that were enabled, newest last, up to a bound.
struct ScenarioShelf {
    private let versionsMax: Int
    private var versions: [StrategyID: [ScenarioEnabled]] = [:]

    init(versionsMax: Int) {
        precondition(versionsMax > 0, "the newest version is always kept")
        self.versionsMax = versionsMax
    }

    mutating func put(_ scenario: ScenarioEnabled) {
        var kept = versions[scenario.scenario, default: []].filter { $0.version != scenario.version }
        kept.append(scenario)
        versions[scenario.scenario] = Array(kept.suffix(versionsMax))
    }

    func scenario(_ id: StrategyID, version: Int) -> ScenarioEnabled? {
        versions[id]?.first { $0.version == version }
    }
}
