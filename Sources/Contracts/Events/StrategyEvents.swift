/// What a strategy wants to hold: an exposure with constraints, never an order.
///
/// - Topic: `strategy:intent`; published by the StrategyManager alone; it starts a `correlationId`.
/// - Units: `target` in quote asset, signed: above zero long, below zero short, zero flat.
package struct StrategyIntent: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let instrument: Instrument
    package let strategy: StrategyID
    package let version: Int
    package let target: Money
    /// The price at the decision.
    package let referencePrice: Price
    /// No fill beyond it; nil: none.
    package let limitPrice: Price?
    /// The worst fill price, as a fraction of the touch at the time of the order.
    package let slippageMax: Ratio
    package let expires: UnixMilliseconds
    package let stop: Price?
    package let takeProfit: Price?
    package let reason: String

    package init(
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
        self.reason = reason
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
