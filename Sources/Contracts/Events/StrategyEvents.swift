/// How an approved exposure is to be reached: a constraint on the orders, not an order.
@frozen @usableFromInline package enum ExecutionStyle: Hashable, Codable, Sendable {
    /// At once, taking what the book offers inside the limit.
    case marketable
    /// Resting at the own side of the touch first; what is not filled after `waitMilliseconds` crosses.
    case passive(waitMilliseconds: Int64)
    /// In `slices` equal parts, one each `intervalMilliseconds`.
    case twap(slices: Int, intervalMilliseconds: Int64)
}

/// What a strategy wants to hold: an exposure with constraints, never an order.
///
/// - Topic: `strategy:intent`; published by the StrategyManager alone; it starts a `correlationId`.
/// - Units: `target` in quote asset, signed: above zero long, below zero short, zero flat.
@frozen @usableFromInline package struct StrategyIntent: Hashable, Codable, Sendable {
    @usableFromInline package var meta: EventMeta
    @usableFromInline package let instrument: Instrument
    @usableFromInline package let strategy: StrategyID
    @usableFromInline package let version: Int
    @usableFromInline package let target: Money
    /// The price at the decision.
    @usableFromInline package let referencePrice: Price
    /// No fill beyond it; nil: none.
    @usableFromInline package let limitPrice: Price?
    /// The worst fill price, as a fraction of the touch at the time of the order.
    @usableFromInline package let slippageMax: Ratio
    @usableFromInline package let expires: UnixMilliseconds
    @usableFromInline package let stop: Price?
    @usableFromInline package let takeProfit: Price?
    @usableFromInline package let style: ExecutionStyle
    @usableFromInline package let reason: String

    @inlinable @inline(__always) package init(
        meta: EventMeta,
        instrument: Instrument,
        strategy: StrategyID,
        version: Int,
        target: Money,
        referencePrice: Price,
        limitPrice: Price? = nil,
        slippageMax: Ratio,
        expires: UnixMilliseconds,
        stop: Price? = nil,
        takeProfit: Price? = nil,
        style: ExecutionStyle = .marketable,
        reason: String
    ) {
        self.meta = meta
        self.instrument = instrument
        self.strategy = strategy
        self.version = version
        self.target = target
        self.referencePrice = referencePrice
        self.limitPrice = limitPrice
        self.slippageMax = slippageMax
        self.expires = expires
        self.stop = stop
        self.takeProfit = takeProfit
        self.style = style
        self.reason = reason
    }
}

/// Where one strategy stands on one instrument.
///
/// - Topic: `strategy:state`; published by the StrategyManager when the phase, the version or the switch changes.
@frozen @usableFromInline package struct StrategyState: Hashable, Codable, Sendable {
    /// The stations of a strategy on an instrument.
    @frozen @usableFromInline package enum Phase: String, Hashable, Codable, Sendable, CaseIterable {
        /// Holds nothing and wants nothing.
        case flat
        /// Has asked for exposure that is not there yet.
        case entering
        case holding
        /// Has asked to be flat and is not yet.
        case exiting
        /// Waits for its cooldown after an exit.
        case cooling
    }

    @usableFromInline package var meta: EventMeta
    @usableFromInline package let instrument: Instrument
    @usableFromInline package let strategy: StrategyID
    @usableFromInline package let version: Int
    @usableFromInline package let phase: Phase
    /// Whether it may decide; one that was disabled only closes what it holds.
    @usableFromInline package let isEnabled: Bool
    @usableFromInline package let why: String

    @inlinable @inline(__always) package init(
        meta: EventMeta,
        instrument: Instrument,
        strategy: StrategyID,
        version: Int,
        phase: Phase,
        isEnabled: Bool,
        why: String
    ) {
        self.meta = meta
        self.instrument = instrument
        self.strategy = strategy
        self.version = version
        self.phase = phase
        self.isEnabled = isEnabled
        self.why = why
    }

    private enum CodingKeys: String, CodingKey {
        case meta, instrument, strategy, version, phase, why
        case isEnabled = "enabled"
    }
}

/// A decision took longer than a strategy may take.
///
/// - Topic: `strategy:overrun`; a root event, measured outside the decision, so that a replay sees the same one.
package struct StrategyOverrun: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let instrument: Instrument
    package let strategy: StrategyID
    package let elapsedMicroseconds: Int64
    package let budgetMicroseconds: Int64

    package init(
        meta: EventMeta,
        instrument: Instrument,
        strategy: StrategyID,
        elapsedMicroseconds: Int64,
        budgetMicroseconds: Int64
    ) {
        self.meta = meta
        self.instrument = instrument
        self.strategy = strategy
        self.elapsedMicroseconds = elapsedMicroseconds
        self.budgetMicroseconds = budgetMicroseconds
    }

    private enum CodingKeys: String, CodingKey {
        case meta, instrument, strategy
        case elapsedMicroseconds = "elapsedUs"
        case budgetMicroseconds = "budgetUs"
    }
}

/// One condition on a feature.
package struct FeatureCondition: Hashable, Codable, Sendable {
    package enum Comparison: String, Hashable, Codable, Sendable { case above, below }

    /// By name, so that a scenario outlives a reordering of the schema.
    package let feature: String
    package let comparison: Comparison
    package let threshold: Double

    package init(feature: String, comparison: Comparison, threshold: Double) {
        self.feature = feature
        self.comparison = comparison
        self.threshold = threshold
    }
}

/// When a scenario enters and how it leaves.
///
/// - Units: stop and take profit in multiples of the ATR at entry, holding time in bars.
package struct ScenarioRule: Hashable, Codable, Sendable {
    package let side: Side
    /// All must hold.
    package let conditions: [FeatureCondition]
    package let stopATR: Double
    package let takeProfitATR: Double
    package let holdBarsMax: Int

    package init(
        side: Side,
        conditions: [FeatureCondition],
        stopATR: Double,
        takeProfitATR: Double,
        holdBarsMax: Int
    ) {
        self.side = side
        self.conditions = conditions
        self.stopATR = stopATR
        self.takeProfitATR = takeProfitATR
        self.holdBarsMax = holdBarsMax
    }
}

/// An approved scenario may trade.
///
/// - Topic: `strategy:scenarioEnabled`; published by Research by policy or on the operator's command.
package struct ScenarioEnabled: Hashable, Codable, Sendable {
    package enum Stage: String, Hashable, Codable, Sendable {
        /// Decides, and its intents go nowhere.
        case shadow
        /// Trades at a tenth of its allocation.
        case canary
        case full
    }

    package var meta: EventMeta
    package let scenario: StrategyID
    package let version: Int
    package let stage: Stage
    package let instrument: Instrument
    package let rule: ScenarioRule
    /// The most exposure it may ask for, in quote asset.
    package let allocation: Money
    package let why: String

    package init(
        meta: EventMeta,
        scenario: StrategyID,
        version: Int,
        stage: Stage,
        instrument: Instrument,
        rule: ScenarioRule,
        allocation: Money,
        why: String
    ) {
        self.meta = meta
        self.scenario = scenario
        self.version = version
        self.stage = stage
        self.instrument = instrument
        self.rule = rule
        self.allocation = allocation
        self.why = why
    }
}

/// A scenario may trade no longer; what it holds is closed.
///
/// - Topic: `strategy:scenarioDisabled`.
package struct ScenarioDisabled: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let scenario: StrategyID
    package let why: String

    package init(meta: EventMeta, scenario: StrategyID, why: String) {
        self.meta = meta
        self.scenario = scenario
        self.why = why
    }
}
