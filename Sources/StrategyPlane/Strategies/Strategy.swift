import Contracts

/// A strategy on one instrument: a value that sees values and says what exposure it wants.
///
/// It sees no bus, clock, file or network, so it cannot do anything but decide. The StrategyManager keeps one of it
/// for each instrument and asks it at the end of each bar of its timeframe, once the bar's features are warm.
/// It says what it wants when that changes, not each bar: what was refused or ended short is asked for again without
/// its help.
package protocol Strategy: Sendable {
    /// What its decisions depend on beside its parameters.
    associatedtype Memory: Codable & Sendable

    /// The parameters that may be changed while it runs.
    static var parameters: [StrategyParameter<Self>] { get }

    /// Kept over a restart, so that the same bars lead to the same decisions.
    var memory: Memory { get set }

    /// Whether it may want to be short; one that may not and does is taken for broken.
    var allowsShort: Bool { get }

    /// What it wants from this bar on; nil where that has not changed.
    mutating func decide(
        on bar: FeatureSet,
        with inputs: StrategyInputs
    ) throws(StrategyFailure) -> StrategyDecision?

    /// Hears that what it held is gone without a wish of its own: a stop, a take profit, a liquidation.
    ///
    /// It then holds nothing and wants nothing, until it decides anew.
    mutating func wentFlat()
}

extension Strategy {
    package static var parameters: [StrategyParameter<Self>] { [] }
}

/// Why a strategy could not decide; it is disabled for it.
package struct StrategyFailure: Error, Hashable, Sendable {
    package let why: String

    package init(_ why: String) { self.why = why }
}
