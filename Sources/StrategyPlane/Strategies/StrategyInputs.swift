import Contracts

/// All that a strategy sees at the end of a bar, beside the bar's features.
package struct StrategyInputs: Sendable {
    /// The regime; nil until somebody has named it.
    package var context: MarketContext? { surroundings.context }
    /// What the coming settlement will pay; nil until somebody has said.
    package var funding: FundingEvent? { surroundings.funding }
    /// What the strategy itself holds of the instrument, signed, in base asset.
    package let held: Quantity
    /// The account's; nil until the books have told it.
    package let equity: Money?
    /// The most exposure it may ask for, in quote asset; nil: as much as its sizing gives.
    package let allocationMax: Money?
    /// Why nothing may be entered at this bar; nil where it may.
    package let entryBar: EntryBar?
    private let surroundings: Surroundings

    init(
        _ surroundings: Surroundings,
        held: Quantity,
        equity: Money?,
        allocationMax: Money?,
        entryBar: EntryBar?
    ) {
        self.surroundings = surroundings
        self.held = held
        self.equity = equity
        self.allocationMax = allocationMax
        self.entryBar = entryBar
    }
}

/// What is known around an instrument: large, seldom another, and so kept apart from what is handed over at each bar.
final class Surroundings: Sendable {
    let context: MarketContext?
    let funding: FundingEvent?

    init(context: MarketContext? = nil, funding: FundingEvent? = nil) {
        self.context = context
        self.funding = funding
    }
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
