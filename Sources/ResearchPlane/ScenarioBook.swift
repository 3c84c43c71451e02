import Contracts

/// Which scenarios are enabled, which candidates are being tested.
///
/// A value: decides, and publishes nothing.
struct ScenarioBook {
    struct Candidate: Hashable {
        let scenario: StrategyID
        let version: Int
    }

    let settings: ResearchSettings
    /// In the order of the configuration.
    private(set) var enabled: [ApprovedScenario] = []
    private(set) var hasStarted = false
    private var tested: [Candidate] = []

    init(settings: ResearchSettings) { self.settings = settings }

    /// The scenarios to enable now: all approved ones, the first time the system runs.
    mutating func start(at lifecycle: ControlState.Lifecycle) -> [ApprovedScenario] {
        guard !hasStarted, lifecycle == .running || lifecycle == .paused else { return [] }
        hasStarted = true
        enabled = settings.scenarios
        return enabled
    }

    /// The scenarios that `drift` rolls back; they are no longer enabled.
    mutating func rollBack(after drift: borrowing MarketDriftDetected) -> [ApprovedScenario] {
        let instrument = drift.instrument
        guard let least = settings.rollbackSeverity, least == .moderate || drift.severity == .severe else {
            return []
        }
        let affected = enabled.filter { $0.instrument == instrument }
        enabled.removeAll { $0.instrument == instrument }
        return affected
    }

    /// Whether `candidate` is to be tested: not while it is, nor beyond the limit.
    mutating func startTest(of candidate: Candidate) -> Bool {
        guard !tested.contains(candidate), tested.count < settings.backtestLimit else { return false }
        tested.append(candidate)
        return true
    }

    /// The reasons against a candidate, empty where every gate is passed; nil where nobody asked for the test.
    mutating func endTest(of candidate: Candidate, with figures: [NamedFigure]) -> [String]? {
        guard let index = tested.firstIndex(of: candidate) else { return nil }
        tested.remove(at: index)
        return settings.gates.compactMap { $0.refusal(of: figures) }
    }

    /// The figures that the gates look at.
    func gated(_ figures: [NamedFigure]) -> [NamedFigure] {
        figures.filter { figure in settings.gates.contains { $0.figure == figure.name } }
    }
}
