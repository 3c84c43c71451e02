import Contracts

/// Stands in for a strategy that failed or is known no longer: decides nothing, so that its seat only closes.
struct RetiredStrategy: Strategy {
    struct Memory: Codable {}

    var memory = Memory()
    var allowsShort: Bool { false }

    mutating func decide(
        on bar: FeatureSet,
        with inputs: StrategyInputs
    ) throws(StrategyFailure) -> StrategyDecision? { nil }

    mutating func wentFlat() {}
}
