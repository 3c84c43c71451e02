import Contracts

/// A strategy on one instrument: a value that sees values and says what it wants to hold.
///
/// It sees no bus, clock, file or network, so it cannot do anything but decide.
protocol Strategy: Sendable {
    var id: StrategyID { get }
    var version: Int { get }
    /// Whether it only rehearses: its entries go nowhere.
    var isShadow: Bool { get }
    /// Whether it stays out while the market drifts from what it was made for.
    var obeysDrift: Bool { get }
    /// What it wants from this bar on; nil where that has not changed.
    mutating func decide(on inputs: StrategyInputs) -> StrategyDecision?
}

/// All that a strategy sees at the end of a bar.
struct StrategyInputs: Sendable {
    let features: FeatureSet
    let context: MarketContext?
    /// The instrument's position, whoever opened it.
    let held: Quantity
    /// Why no new exposure may be taken on; nil where it may.
    let entryBar: String?
}

/// An exposure wanted, and why.
struct StrategyDecision: Hashable, Sendable {
    /// In quote asset, signed; zero is flat.
    let target: Money
    var stop: Double?
    var takeProfit: Double?
    let reason: String
}
