import Contracts

/// The versions of each scenario that were enabled, newest last, up to a bound.
struct ScenarioShelf {
    private let versionsMax: Int
    private(set) var scenarios: [ScenarioEnabled] = []

    init(versionsMax: Int) {
        precondition(versionsMax > 0, "the newest version is always kept")
        self.versionsMax = versionsMax
    }

    mutating func put(_ scenario: ScenarioEnabled) {
        scenarios.removeAll { $0.scenario == scenario.scenario && $0.version == scenario.version }
        scenarios.append(scenario)
        if scenarios.count(where: { $0.scenario == scenario.scenario }) > versionsMax,
            let oldest = scenarios.firstIndex(where: { $0.scenario == scenario.scenario })
        {
            scenarios.remove(at: oldest)
        }
    }

    func scenario(_ id: StrategyID, version: Int) -> ScenarioEnabled? {
        scenarios.first { $0.scenario == id && $0.version == version }
    }
}
