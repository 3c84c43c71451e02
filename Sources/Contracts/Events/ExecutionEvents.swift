/// Who was on the book first.
@frozen @usableFromInline package enum Liquidity: String, Hashable, Codable, Sendable { case maker, taker }

/// One execution of an order, or of a part of it.
///
/// - Units: quantity in base asset, always above zero; fee in quote asset, positive: paid.
@frozen @usableFromInline package struct Fill: Hashable, Codable, Sendable {
    /// The venue's id of the execution; each is booked once.
    @usableFromInline package let executionID: String
    @usableFromInline package let price: Price
    @usableFromInline package let quantity: Quantity
    @usableFromInline package let fee: Money
    @usableFromInline package let liquidity: Liquidity

    @inlinable @inline(__always) package init(
        executionID: String,
        price: Price,
        quantity: Quantity,
        fee: Money,
        liquidity: Liquidity
    ) {
        self.executionID = executionID
        self.price = price
        self.quantity = quantity
        self.fee = fee
        self.liquidity = liquidity
    }

    private enum CodingKeys: String, CodingKey {
        case executionID = "executionId"
        case price, quantity, fee, liquidity
    }
}

/// The stations of an order.
@frozen @usableFromInline package enum OrderState: String, Hashable, Codable, Sendable, CaseIterable {
    /// About to leave for the venue: the one state in which an order is placed.
    case submitting
    case amending, cancelling
    case open, partiallyFilled, filled, cancelled, rejected
    /// A conditional order that waits for its trigger.
    case untriggered
    /// Its trigger has fired; it becomes an order at once.
    case triggered
    /// A conditional order that ended before its trigger.
    case deactivated
    /// Sent, and nobody has said what became of it.
    case unknown

    /// Whether nothing more can happen.
    package var isFinal: Bool {
        switch self {
        case .filled, .cancelled, .rejected, .deactivated: true
        case .submitting, .amending, .cancelling, .open, .partiallyFilled, .untriggered, .triggered, .unknown:
            false
        }
    }
    /// Whether the event with this state is a request that leaves for the venue.
    package var isRequest: Bool { self == .submitting || self == .amending || self == .cancelling }
}

@frozen @usableFromInline package enum OrderType: String, Hashable, Codable, Sendable { case market, limit }

/// How long an order lives.
@frozen @usableFromInline package enum TimeInForce: String, Hashable, Codable, Sendable {
    case goodTillCancelled, immediateOrCancel, fillOrKill, postOnly
}

/// Which of an instrument's positions an order moves, as the exchange counts them.
@frozen @usableFromInline package enum PositionIndex: Int, Hashable, Codable, Sendable, CaseIterable {
    /// The only one there is in one-way mode.
    case oneWay = 0
    case hedgeLong = 1
    case hedgeShort = 2
}

/// What a conditional order waits for.
@frozen @usableFromInline package struct OrderTrigger: Hashable, Codable, Sendable {
    @frozen @usableFromInline package enum Kind: String, Hashable, Codable, Sendable { case stop, takeProfit }
    /// The price that is watched.
    @frozen @usableFromInline package enum Source: String, Hashable, Codable, Sendable, CaseIterable {
        case last, mark, index
    }
    @frozen @usableFromInline package enum Direction: String, Hashable, Codable, Sendable {
        case rises, falls
    }

    package let kind: Kind
    package let price: Price
    package let source: Source
    /// Fires when the watched price reaches `price` this way.
    package let direction: Direction

    package init(kind: Kind, price: Price, source: Source, direction: Direction) {
        self.kind = kind
        self.price = price
        self.source = source
        self.direction = direction
    }
}

/// What an order is for.
@frozen @usableFromInline package enum OrderPurpose: String, Hashable, Codable, Sendable {
    /// Moves the position to an approved target.
    case move
    case stopLoss, takeProfit
    /// Made by the venue itself, because the margin was used up.
    case liquidation
}

/// One step of an order.
///
/// - Topic: `exec:order_event`; published by the ExecutionEngine alone, with the intent's `correlationId`.
/// - Units: quantities in base asset, above zero; `side` gives the direction.
@frozen @usableFromInline package struct OrderEvent: Hashable, Codable, Sendable {
    @usableFromInline package var meta: EventMeta
    @usableFromInline package let orderID: OrderID
    @usableFromInline package let instrument: Instrument
    @usableFromInline package let strategy: StrategyID
    @usableFromInline package let state: OrderState
    @usableFromInline package let side: Side
    @usableFromInline package let type: OrderType
    @usableFromInline package let timeInForce: TimeInForce
    @usableFromInline package let limitPrice: Price?
    @usableFromInline package let quantity: Quantity
    @usableFromInline package let filledQuantity: Quantity
    @usableFromInline package let isReduceOnly: Bool
    /// Present on a conditional order.
    @usableFromInline package let trigger: OrderTrigger?
    @usableFromInline package let purpose: OrderPurpose
    @usableFromInline package let positionIndex: PositionIndex
    /// Present where this step is an execution.
    @usableFromInline package let fill: Fill?
    @usableFromInline package let reason: String?

    @inlinable @inline(__always) package init(
        meta: EventMeta,
        orderID: OrderID,
        instrument: Instrument,
        strategy: StrategyID,
        state: OrderState,
        side: Side,
        type: OrderType,
        timeInForce: TimeInForce,
        limitPrice: Price?,
        quantity: Quantity,
        filledQuantity: Quantity,
        isReduceOnly: Bool,
        trigger: OrderTrigger? = nil,
        purpose: OrderPurpose = .move,
        positionIndex: PositionIndex = .oneWay,
        fill: Fill? = nil,
        reason: String? = nil
    ) {
        self.meta = meta
        self.orderID = orderID
        self.instrument = instrument
        self.strategy = strategy
        self.state = state
        self.side = side
        self.type = type
        self.timeInForce = timeInForce
        self.limitPrice = limitPrice
        self.quantity = quantity
        self.filledQuantity = filledQuantity
        self.isReduceOnly = isReduceOnly
        self.trigger = trigger
        self.purpose = purpose
        self.positionIndex = positionIndex
        self.fill = fill
        self.reason = reason
    }

    private enum CodingKeys: String, CodingKey {
        case meta, instrument, strategy, state, side, type, timeInForce, limitPrice, quantity, filledQuantity
        case trigger, purpose, positionIndex, fill, reason
        case orderID = "orderId"
        case isReduceOnly = "reduceOnly"
    }
}

/// One funding settlement of one position.
///
/// - Units: `amount` in the settle coin, positive: paid; `rate` a fraction of the position's value.
@frozen @usableFromInline package struct FundingPayment: Hashable, Codable, Sendable {
    @usableFromInline package let executionID: String
    @usableFromInline package let positionIndex: PositionIndex
    @usableFromInline package let quantity: Quantity
    @usableFromInline package let markPrice: Price
    @usableFromInline package let rate: Ratio
    @usableFromInline package let amount: Money
    /// The settlement's own time.
    @usableFromInline package let time: UnixMilliseconds

    @inlinable @inline(__always) package init(
        executionID: String,
        positionIndex: PositionIndex = .oneWay,
        quantity: Quantity,
        markPrice: Price,
        rate: Ratio,
        amount: Money,
        time: UnixMilliseconds
    ) {
        self.executionID = executionID
        self.positionIndex = positionIndex
        self.quantity = quantity
        self.markPrice = markPrice
        self.rate = rate
        self.amount = amount
        self.time = time
    }

    private enum CodingKeys: String, CodingKey {
        case positionIndex, quantity, markPrice, rate, amount, time
        case executionID = "executionId"
    }
}

/// What a venue said about an order, or about a position, as it said it.
///
/// - Topic: `exec:venue_report`; from the paper venue derived, from a live venue a root event.
@frozen @usableFromInline package struct VenueReport: Hashable, Codable, Sendable {
    @frozen @usableFromInline package enum Kind: Hashable, Codable, Sendable {
        case accepted
        case rejected(reason: String)
        case filled(Fill)
        case cancelled(reason: String)
        /// A conditional order waits for its trigger.
        case untriggered
        case triggered
        /// A resting order has another price or quantity.
        case amended(price: Price?, quantity: Quantity)
        /// A conditional order ended before its trigger.
        case deactivated(reason: String)
        /// The venue closed a position by force, with an order of its own making.
        case liquidated(Fill, side: Side, positionIndex: PositionIndex)
        /// A funding settlement; it belongs to no order.
        case funding(FundingPayment)
    }

    @usableFromInline package var meta: EventMeta
    @usableFromInline package let venue: String
    @usableFromInline package let instrument: Instrument
    /// Nil where the report is about no order.
    @usableFromInline package let orderID: OrderID?
    @usableFromInline package let kind: Kind

    @inlinable @inline(__always) package init(
        meta: EventMeta,
        venue: String,
        instrument: Instrument,
        orderID: OrderID?,
        kind: Kind
    ) {
        self.meta = meta
        self.venue = venue
        self.instrument = instrument
        self.orderID = orderID
        self.kind = kind
    }

    private enum CodingKeys: String, CodingKey {
        case meta, venue, instrument, kind
        case orderID = "orderId"
    }
}

/// What a comparison of our books with the venue's found.
///
/// - Topic: `exec:reconciliation`; published by the ExecutionEngine.
package struct ReconciliationReport: Hashable, Codable, Sendable {
    package struct Difference: Hashable, Codable, Sendable {
        package let what: String
        package let ours: String
        package let venues: String
        package let policy: String

        package init(what: String, ours: String, venues: String, policy: String) {
            self.what = what
            self.ours = ours
            self.venues = venues
            self.policy = policy
        }
    }

    package var meta: EventMeta
    package let venue: String
    package let differences: [Difference]
    package var isClean: Bool { differences.isEmpty }

    package init(meta: EventMeta, venue: String, differences: [Difference]) {
        self.meta = meta
        self.venue = venue
        self.differences = differences
    }
}
