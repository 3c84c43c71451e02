/// The checks of the risk chain, by name; a rejection names the one that failed.
@frozen @usableFromInline package enum RiskCheck: String, Hashable, Codable, Sendable, CaseIterable {
    case lifecycle, paused, halted, clock, exchange, instrument, feed, intentExpired, unknownOrder
    case orderRate, runaway, cooldown, lossStreak, stopLossGuard, dailyLoss, drawdown
    case collar, spread, slippage, fundingCost, reduceOnly, selfTrade, orderSize, orderNotional
    case positionNotional, strategyBudget, groupNotional, correlation, netNotional, grossNotional
    case leverage, margin, liquidationDistance, quantityStep, arithmetic
}

/// A figure in a verdict: kept as it is, and put into words only where somebody reads it.
@frozen @usableFromInline package enum CheckFigure: Sendable {
    case text(String)
    case money(Money)
    case price(Price)
    case quantity(Quantity)
    case ratio(Ratio)
    case count(Int)
    case milliseconds(Int64)
}

extension CheckFigure: CustomStringConvertible {
    @usableFromInline package var description: String {
        switch self {
        case .text(let text): text
        case .money(let money): money.description
        case .price(let price): price.description
        case .quantity(let quantity): quantity.description
        case .ratio(let ratio): ratio.description
        case .count(let count): String(count)
        case .milliseconds(let milliseconds): "\(milliseconds) ms"
        }
    }
}

extension CheckFigure: Hashable {
    @usableFromInline package static func == (left: Self, right: Self) -> Bool {
        left.description == right.description
    }
    @usableFromInline package func hash(into hasher: inout Hasher) { hasher.combine(description) }
}

extension CheckFigure: Codable {
    @usableFromInline package init(from decoder: any Decoder) throws {
        self = .text(try decoder.singleValueContainer().decode(String.self))
    }

    @usableFromInline package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension CheckFigure: ExpressibleByStringInterpolation {
    @usableFromInline package init(stringLiteral text: String) { self = .text(text) }
}

/// One check's answer: what it saw against what it allows.
@frozen @usableFromInline package struct CheckVerdict: Hashable, Codable, Sendable {
    @usableFromInline package let check: RiskCheck
    @usableFromInline package let value: CheckFigure
    @usableFromInline package let limit: CheckFigure
    /// Whether the check made the intent smaller.
    @usableFromInline package let isShrunk: Bool

    @inlinable @inline(__always) package init(
        check: RiskCheck,
        value: CheckFigure,
        limit: CheckFigure,
        isShrunk: Bool = false
    ) {
        self.check = check
        self.value = value
        self.limit = limit
        self.isShrunk = isShrunk
    }
}

/// Risk's leave to hold a position, at the size risk chose.
///
/// - Topic: `risk:approved_intent`; published by the RiskManager alone, acted on by the ExecutionEngine.
/// - Order: at most one per `strategy:intent`, with that intent's `correlationId`.
/// - Units: `targetQuantity` in base asset, signed: the position wanted, not the order.
@frozen @usableFromInline package struct ApprovedIntent: Hashable, Codable, Sendable {
    @usableFromInline package var meta: EventMeta
    @usableFromInline package let instrument: Instrument
    @usableFromInline package let strategy: StrategyID
    @usableFromInline package let targetQuantity: Quantity
    @usableFromInline package let referencePrice: Price
    @usableFromInline package let limitPrice: Price?
    @usableFromInline package let slippageMax: Ratio
    @usableFromInline package let expires: UnixMilliseconds
    /// Whether risk allowed less than was asked for.
    @usableFromInline package let isShrunk: Bool
    @usableFromInline package let style: ExecutionStyle
    @usableFromInline package let stop: Price?
    @usableFromInline package let takeProfit: Price?
    @usableFromInline package let verdicts: [CheckVerdict]

    /// Approves `intent`.
    @inlinable @inline(__always) package init(
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
        self.style = intent.style
        self.stop = intent.stop
        self.takeProfit = intent.takeProfit
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

/// Why nothing may raise an exposure until somebody or some time ends it.
package struct RiskHalt: Hashable, Codable, Sendable {
    package enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
        /// The account's equity is not known.
        case noAccount
        /// Below the configured minimum; ends by itself when it is above again.
        case equityMin
        /// Until the next day, UTC.
        case dailyLoss
        /// Until the operator resets it.
        case drawdown
        /// Until the operator resets it.
        case runaway
        /// The venue closed a position by force; until the operator resets it.
        case liquidation
        /// What was kept of earlier halts cannot be read; until the operator resets it.
        case stateLost
        /// The journal's disk does not take what it is given; ends by itself when it does again.
        case journal
    }

    package let kind: Kind
    package let why: String
    package let since: UnixMilliseconds
    /// When it ends by itself; nil where it does not.
    package let until: UnixMilliseconds?

    package init(kind: Kind, why: String, since: UnixMilliseconds, until: UnixMilliseconds? = nil) {
        self.kind = kind
        self.why = why
        self.since = since
        self.until = until
    }
}

/// Where risk stands.
///
/// - Topic: `risk:state`; published by the RiskManager when a figure that matters has changed.
/// - Units: money in the account's quote coin; `drawdown` a fraction of the highest equity.
package struct RiskState: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let isHalted: Bool
    package let haltReason: String?
    package let halts: [RiskHalt]
    /// Sum of the positions' absolute values, live and unknown orders at their worst.
    package let grossNotional: Money
    package let grossNotionalMax: Money
    /// Long less short.
    package let netNotional: Money
    package let equity: Money?
    package let equityPeak: Money?
    package let drawdown: Ratio
    /// What the day has lost, realised and unrealised; below zero: won.
    package let dayLoss: Money
    package let dayLossMax: Money?
    package let lossStreak: Int
    package let rejections: [RejectionCount]

    package init(
        meta: EventMeta,
        halts: [RiskHalt] = [],
        grossNotional: Money,
        grossNotionalMax: Money,
        netNotional: Money = 0,
        equity: Money? = nil,
        equityPeak: Money? = nil,
        drawdown: Ratio = 0,
        dayLoss: Money = 0,
        dayLossMax: Money? = nil,
        lossStreak: Int = 0,
        rejections: [RejectionCount]
    ) {
        self.meta = meta
        self.isHalted = !halts.isEmpty
        self.haltReason = halts.isEmpty ? nil : halts.map(\.why).joined(separator: "; ")
        self.halts = halts
        self.grossNotional = grossNotional
        self.grossNotionalMax = grossNotionalMax
        self.netNotional = netNotional
        self.equity = equity
        self.equityPeak = equityPeak
        self.drawdown = drawdown
        self.dayLoss = dayLoss
        self.dayLossMax = dayLossMax
        self.lossStreak = lossStreak
        self.rejections = rejections
    }

    private enum CodingKeys: String, CodingKey {
        case meta, haltReason, halts, grossNotional, grossNotionalMax, netNotional, equity, equityPeak,
            drawdown
        case dayLoss, dayLossMax, lossStreak, rejections
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
