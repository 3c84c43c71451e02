import Contracts

/// One order as it stands at the paper venue.
struct PaperOrder: Hashable, Codable {
    enum Stage: String, Hashable, Codable {
        /// Waits for its trigger.
        case untriggered
        /// Would trade, and has nothing to trade with yet: no open bar, no usable book.
        case waiting
        /// Stands at its price.
        case resting
    }

    let id: OrderID
    let correlationID: CorrelationID?
    let side: Side
    let type: OrderType
    let timeInForce: TimeInForce
    let isReduceOnly: Bool
    /// Whether it can only make its position smaller, by its own word or by the venue's rules.
    let isClosing: Bool
    let positionIndex: PositionIndex
    var limitPrice: Price?
    var trigger: OrderTrigger?
    var quantity: Quantity
    /// What is not filled yet.
    var open: Quantity
    var stage = Stage.waiting
    /// Its place in the order of arrival; a changed price or a raised quantity gets a new one.
    var arrival: UInt64 = 0
    var queue = PaperQueue()

    init(_ event: borrowing OrderEvent) {
        id = event.orderID
        correlationID = event.meta.correlationID
        side = event.side
        type = event.type
        timeInForce = event.timeInForce
        isReduceOnly = event.isReduceOnly
        positionIndex = event.positionIndex
        limitPrice = event.limitPrice
        trigger = event.trigger
        quantity = event.quantity
        open = event.quantity
        let isSpotSale = event.instrument.category == .spot && event.side == .sell
        let isLegEnd =
            event.positionIndex == .hedgeLong && event.side == .sell
            || event.positionIndex == .hedgeShort && event.side == .buy
        isClosing = event.isReduceOnly || isLegEnd || isSpotSale
    }

    /// Whether it never rests.
    var isImmediate: Bool {
        type == .market || timeInForce == .immediateOrCancel || timeInForce == .fillOrKill
    }

    /// The price that an amendment of it would change.
    var statedPrice: Price? { stage == .untriggered ? trigger?.price : limitPrice }

    /// Whether a trade at `price` is within its limit.
    func allows(_ price: Price) -> Bool {
        guard let limitPrice else { return true }
        return side == .buy ? price <= limitPrice : price >= limitPrice
    }

    /// Whether `price` lies strictly beyond its limit, so that whoever traded there has passed it.
    func isPassed(by price: Price) -> Bool {
        guard let limitPrice else { return false }
        return side == .buy ? price < limitPrice : price > limitPrice
    }
}

extension OrderTrigger {
    /// Whether the watched price has reached the trigger.
    func isReached(at watched: Price) -> Bool {
        direction == .rises ? watched >= price : watched <= price
    }
}
