import Contracts

/// All that a strategy sees at the end of a bar, beside the bar's features.
package struct StrategyInputs: Sendable {
    /// The regime; nil until somebody has named it.
    package internal(set) var context: MarketContext?
    /// What the coming settlement will pay; nil until somebody has said.
    package internal(set) var funding: FundingEvent?
    /// What the strategy itself holds of the instrument, signed, in base asset.
    package internal(set) var held = Quantity.zero
    /// The account's; nil until the books have told it.
    package internal(set) var equity: Money?
    /// The most exposure it may ask for, in quote asset; nil: as much as its sizing gives.
    package internal(set) var allocationMax: Money?
    /// Why nothing may be entered at this bar; nil where it may.
    package internal(set) var entryBar: EntryBar?
}

/// Why nothing may be entered for some bars.
package enum EntryBar: Hashable, Sendable {
    /// The market drifts from what the strategy was made for.
    case drift(DriftMark)
    /// The strategy waits after an exit.
    case cooling(bars: Int)
}

extension EntryBar: CustomStringConvertible {
    package var description: String {
        switch self {
        case .drift(let mark): mark.description
        case .cooling(let bars): "cooling down, \(bars) bars left"
        }
    }
}
