/// The checks of the risk chain, by name; a rejection names the one that failed.
package enum RiskCheck: String, Hashable, Codable, Sendable, CaseIterable {
    case lifecycle, paused, halted, instrument, feed, intentExpired, cooldown
    case orderNotional, positionNotional, grossNotional, quantityStep, arithmetic
}

/// One check's answer: what it saw against what it allows.
package struct CheckVerdict: Hashable, Codable, Sendable {
    package let check: RiskCheck
    package let value: String
    package let limit: String

    package init(check: RiskCheck, value: String, limit: String) {
        self.check = check
        self.value = value
        self.limit = limit
    }
}

/// Risk's leave to hold a position, at the size risk chose.
///
/// - Topic: `risk:approved_intent`; published by the RiskManager alone, acted on by the ExecutionEngine.
/// - Order: at most one per `strategy:intent`, with that intent's `correlationId`.
/// - Units: `targetQuantity` in base asset, signed: the position wanted, not the order.
package struct ApprovedIntent: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let instrument: Instrument
    package let strategy: StrategyID
    package let targetQuantity: Quantity
    package let referencePrice: Price
    package let limitPrice: Price?
    package let slippageMax: Ratio
    package let expires: UnixMilliseconds
    /// Whether risk allowed less than was asked for.
    package let isShrunk: Bool
    package let verdicts: [CheckVerdict]

    /// Approves `intent`.
    package init(
        answering intent: StrategyIntent,
        targetQuantity: Quantity,
        isShrunk: Bool,
        verdicts: [CheckVerdict]
    ) {
        self.meta = intent.meta.answered(by: .risk)
        self.instrument = intent.instrument
        self.strategy = intent.strategy
        self.targetQuantity = targetQuantity
        self.referencePrice = intent.referencePrice
        self.limitPrice = intent.limitPrice
        self.slippageMax = intent.slippageMax
        self.expires = intent.expires
        self.isShrunk = isShrunk
        self.verdicts = verdicts
    }
}

/// Risk's refusal of one intent.
///
/// - Topic: `risk:rejected_intent`; with the intent's `correlationId`.
package struct RejectedIntent: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let instrument: Instrument
    package let strategy: StrategyID
    package let failed: CheckVerdict
    package let reason: String

    /// Rejects `intent`.
    package init(answering intent: StrategyIntent, failed: CheckVerdict, reason: String) {
        self.meta = intent.meta.answered(by: .risk)
        self.instrument = intent.instrument
        self.strategy = intent.strategy
        self.failed = failed
        self.reason = reason
    }
}

/// Where risk stands.
///
/// - Topic: `risk:state`; published by the RiskManager when a figure that matters has changed.
package struct RiskState: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let isHalted: Bool
    package let haltReason: String?
    /// Sum of the positions' absolute values.
    package let grossNotional: Money
    package let grossNotionalMax: Money
    package let rejections: [RejectionCount]

    package init(
        meta: EventMeta,
        isHalted: Bool,
        haltReason: String?,
        grossNotional: Money,
        grossNotionalMax: Money,
        rejections: [RejectionCount]
    ) {
        self.meta = meta
        self.isHalted = isHalted
        self.haltReason = haltReason
        self.grossNotional = grossNotional
        self.grossNotionalMax = grossNotionalMax
        self.rejections = rejections
    }

    private enum CodingKeys: String, CodingKey {
        case meta, haltReason, grossNotional, grossNotionalMax, rejections
        case isHalted = "halted"
    }
}

/// How often one check has refused.
package struct RejectionCount: Hashable, Codable, Sendable {
    package let check: RiskCheck
    package let count: Int

    package init(check: RiskCheck, count: Int) {
        self.check = check
        self.count = count
    }
}
