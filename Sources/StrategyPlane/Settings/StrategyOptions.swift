import Contracts

/// What every strategy has beside its own parameters: who it is, where it runs, how much it asks for, and how.
package struct StrategyOptions: Hashable, Codable, Sendable {
    package var id: StrategyID
    package var version: Int
    /// Empty: every instrument that has features.
    package var instruments: [Instrument]
    package var sizing: Sizing
    /// The most exposure it asks for, in quote asset, whatever its sizing gives; nil: no bound but its sizing.
    package var allocationMax: Money?
    /// The bars it decides on; nil: those of the first timeframe that the instrument has features of.
    package var timeframeSeconds: Int?
    package var timing: DecisionTiming
    package var reversal: Reversal
    /// By how much worse than the price at the decision an entry is reckoned, so that it is sized for what it costs.
    package var expectedSlippage: Ratio
    package var style: ExecutionStyle
    /// The worst fill price, as a fraction of the touch; nil: the plane's own.
    package var slippageMax: Ratio?
    /// For how many bars nothing is entered after an exit.
    package var cooldownBars: Int
    /// Whether it stays out while the market drifts from what it was made for.
    package var obeysDrift: Bool
    /// Whether it only rehearses: its entries go nowhere.
    package var isShadow: Bool

    package init(
        id: StrategyID,
        version: Int = 1,
        instruments: [Instrument] = [],
        sizing: Sizing = .notional(500),
        allocationMax: Money? = nil,
        timeframeSeconds: Int? = nil,
        timing: DecisionTiming = .barClose,
        reversal: Reversal = .direct,
        expectedSlippage: Ratio = 0,
        style: ExecutionStyle = .marketable,
        slippageMax: Ratio? = nil,
        cooldownBars: Int = 0,
        obeysDrift: Bool = false,
        isShadow: Bool = false
    ) {
        self.id = id
        self.version = version
        self.instruments = instruments
        self.sizing = sizing
        self.allocationMax = allocationMax
        self.timeframeSeconds = timeframeSeconds
        self.timing = timing
        self.reversal = reversal
        self.expectedSlippage = expectedSlippage
        self.style = style
        self.slippageMax = slippageMax
        self.cooldownBars = cooldownBars
        self.obeysDrift = obeysDrift
        self.isShadow = isShadow
    }

    func covers(_ instrument: Instrument) -> Bool {
        instruments.isEmpty || instruments.contains(instrument)
    }
}

/// When a decision of a closed bar is spoken.
package enum DecisionTiming: String, Hashable, Codable, Sendable, CaseIterable {
    /// At once, at the close.
    case barClose = "bar_close"
    /// When the next candle opens, at its open; the instrument's candles must be subscribed for it.
    case nextOpen = "next_open"
}

/// How a position is turned round.
package enum Reversal: String, Hashable, Codable, Sendable, CaseIterable {
    /// With one intent for the other side.
    case direct
    /// With one to be flat, and, once that is so, one for the other side, sized from the equity then.
    case throughFlat = "through_flat"
}

extension ExecutionStyle {
    /// How long it takes by itself, once the intent is approved.
    var milliseconds: Int64 {
        switch self {
        case .marketable: 0
        case .passive(let wait): wait
        case .twap(let slices, let interval): Int64(max(0, slices - 1)) * interval
        }
    }

    /// Whether an order that ended short of its quantity is made up for by a later one of the same intent.
    var makesUp: Bool {
        if case .twap = self { true } else { false }
    }
}
