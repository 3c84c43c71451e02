import Contracts

/// One order that may still fill.
struct LiveOrder: Hashable, Codable {
    let id: OrderID
    let correlationID: CorrelationID?
    let side: Side
    private(set) var remaining: Quantity
    let limitPrice: Price?
    /// Whether it moves a position to an approved target, and is no stop or take profit.
    let isMove: Bool
    let isReduceOnly: Bool
    /// Whether it waits on the book for others to cross it.
    let isResting: Bool
    /// Whether it lives for a moment only.
    let isImmediate: Bool
    let isUnknown: Bool

    init(_ order: borrowing OrderEvent) throws(NumberError) {
        id = order.orderID
        correlationID = order.meta.correlationID
        side = order.side
        remaining = try order.quantity.subtracting(order.filledQuantity)
        limitPrice = order.limitPrice
        isMove = order.purpose == .move
        isReduceOnly = order.isReduceOnly || order.purpose != .move
        isUnknown = order.state == .unknown
        let isTaking = order.timeInForce == .immediateOrCancel || order.timeInForce == .fillOrKill
        isImmediate = isTaking && order.trigger == nil
        isResting = order.type == .limit && !isTaking && order.state != .untriggered
    }

    /// The order after a newer step; while a change is only asked for, the bigger of the two sizes counts.
    func followed(by newer: LiveOrder, _ state: OrderState) -> LiveOrder {
        var order = newer
        if state == .amending { order.remaining = max(remaining, newer.remaining) }
        return order
    }
}

/// The orders of one instrument that may still fill, and what they can do together.
struct LiveOrders: Hashable, Codable {
    private(set) var list: [LiveOrder] = []
    /// What can still be bought and sold by orders that may raise the exposure.
    private(set) var buys = Quantity.zero
    private(set) var sells = Quantity.zero
    /// The same by every order of an approved target, those that only reduce included.
    private(set) var moveBuys = Quantity.zero
    private(set) var moveSells = Quantity.zero
    /// The highest limit among those that may raise the exposure.
    private(set) var priceMax: Price?
    private(set) var restingBid: Price?
    private(set) var restingAsk: Price?
    private(set) var unknownCount = 0

    var isEmpty: Bool { list.isEmpty }

    /// Whether one is on its way to an approved target.
    var hasMove: Bool { list.contains(where: \.isMove) }

    func contains(_ id: OrderID) -> Bool { list.contains { $0.id == id } }

    func hasOrder(of correlationID: CorrelationID?) -> Bool {
        list.contains { $0.isMove && $0.correlationID == correlationID }
    }

    /// Follows one step; true where the order was known before.
    mutating func take(_ order: borrowing OrderEvent) throws(NumberError) -> Bool {
        let live = try LiveOrder(order)
        let place = list.firstIndex { $0.id == live.id }
        switch (place, order.state.isFinal) {
        case (let place?, true): list.remove(at: place)
        case (let place?, false): list[place] = list[place].followed(by: live, order.state)
        case (nil, false): list.append(live)
        case (nil, true): return false
        }
        try countAnew()
        return place != nil
    }

    /// Forgets orders that cannot have outlived a restart.
    mutating func dropImmediate() throws(NumberError) {
        list.removeAll { $0.isImmediate && !$0.isUnknown }
        try countAnew()
    }

    private mutating func countAnew() throws(NumberError) {
        (buys, sells, moveBuys, moveSells) = (.zero, .zero, .zero, .zero)
        (priceMax, restingBid, restingAsk, unknownCount) = (nil, nil, nil, 0)
        for place in list.indices { try count(list[place]) }
    }

    private mutating func count(_ order: LiveOrder) throws(NumberError) {
        let isBuy = order.side == .buy
        if !order.isReduceOnly {
            if isBuy {
                buys = try buys.adding(order.remaining)
            } else {
                sells = try sells.adding(order.remaining)
            }
            priceMax = Price.higher(priceMax, order.limitPrice)
        }
        if order.isMove {
            if isBuy {
                moveBuys = try moveBuys.adding(order.remaining)
            } else {
                moveSells = try moveSells.adding(order.remaining)
            }
        }
        if order.isUnknown { unknownCount += 1 }
        guard order.isResting, let price = order.limitPrice else { return }
        if isBuy {
            restingBid = Price.higher(restingBid, price)
        } else {
            restingAsk = min(restingAsk ?? price, price)
        }
    }
}
