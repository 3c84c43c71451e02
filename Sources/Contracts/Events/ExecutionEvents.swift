/// Who was on the book first.
package enum Liquidity: String, Hashable, Codable, Sendable { case maker, taker }

/// One execution of an order, or of a part of it.
///
/// - Units: quantity in base asset, always above zero; fee in quote asset, positive: paid.
package struct Fill: Hashable, Codable, Sendable {
    /// The venue's id of the execution; each is booked once.
    package let executionID: String
    package let price: Price
    package let quantity: Quantity
    package let fee: Money
    package let liquidity: Liquidity

    package init(executionID: String, price: Price, quantity: Quantity, fee: Money, liquidity: Liquidity) {
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
package enum OrderState: String, Hashable, Codable, Sendable, CaseIterable {
    /// About to leave for the venue: the one state in which an order is placed.
    case submitting
    case amending, cancelling
    case open, partiallyFilled, filled, cancelled, rejected
    /// Sent, and nobody has said what became of it.
    case unknown

    /// Whether nothing more can happen.
    package var isFinal: Bool {
        switch self {
        case .filled, .cancelled, .rejected: true
        case .submitting, .amending, .cancelling, .open, .partiallyFilled, .unknown: false
        }
    }
    /// Whether the event with this state is a request that leaves for the venue.
    package var isRequest: Bool { self == .submitting || self == .amending || self == .cancelling }
}

package enum OrderType: String, Hashable, Codable, Sendable { case market, limit }

/// How long an order lives.
package enum TimeInForce: String, Hashable, Codable, Sendable {
    case goodTillCancelled, immediateOrCancel, fillOrKill, postOnly
}

/// One step of an order.
///
/// - Topic: `exec:order_event`; published by the ExecutionEngine alone, with the intent's `correlationId`.
/// - Units: quantities in base asset, above zero; `side` gives the direction.
package struct OrderEvent: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let orderID: OrderID
    package let instrument: Instrument
    package let strategy: StrategyID
    package let state: OrderState
    package let side: Side
    package let type: OrderType
    package let timeInForce: TimeInForce
    package let limitPrice: Price?
    package let quantity: Quantity
    package let filledQuantity: Quantity
    package let isReduceOnly: Bool
    /// Present where this step is an execution.
    package let fill: Fill?
    package let reason: String?

    package init(
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
        self.fill = fill
        self.reason = reason
    }

    private enum CodingKeys: String, CodingKey {
        case meta, instrument, strategy, state, side, type, timeInForce, limitPrice, quantity, filledQuantity
        case fill, reason
        case orderID = "orderId"
        case isReduceOnly = "reduceOnly"
    }
}

/// What a venue said about an order, as it said it.
///
/// - Topic: `exec:venue_report`; from the paper venue derived, from a live venue a root event.
package struct VenueReport: Hashable, Codable, Sendable {
    package enum Kind: Hashable, Codable, Sendable {
        case accepted
        case rejected(reason: String)
        case filled(Fill)
        case cancelled(reason: String)
    }

    package var meta: EventMeta
    package let venue: String
    package let instrument: Instrument
    package let orderID: OrderID
    package let kind: Kind

    package init(meta: EventMeta, venue: String, instrument: Instrument, orderID: OrderID, kind: Kind) {
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
