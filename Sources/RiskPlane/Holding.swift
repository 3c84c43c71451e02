import Contracts

/// What risk knows of one instrument's position, by its own tally of fills.
struct Holding: Hashable {
    /// Leave that was given and may still become a fill.
    struct Pending: Hashable {
        let correlationID: CorrelationID?
        let target: Quantity
        let price: Price
        let expires: UnixMilliseconds
        /// Whether an order of it is at the venue, which outlives the intent.
        var isOrdered = false
    }

    var quantity = Quantity.zero
    /// The newest price known: a mark, a fill or an intent's reference.
    var price: Price?
    var pending: Pending?
    /// What each strategy's approved intents add to the instrument's target.
    var shares: [StrategyID: Quantity] = [:]

    /// The target of all strategies but `strategy`.
    func others(than strategy: StrategyID) throws(NumberError) -> Quantity {
        var sum = Quantity.zero
        for (owner, share) in shares where owner != strategy { sum = try sum.adding(share) }
        return sum
    }

    /// The most that the position can be worth at `now`, whatever becomes of what was approved.
    func worstNotional(at now: UnixMilliseconds) throws -> Money {
        let held = try quantity.magnitude
        guard let pending, pending.isOrdered || now < pending.expires else {
            guard !held.isZero else { return .zero }
            guard let price else { throw NumberError.malformed }
            return held.times(price)
        }
        let wanted = try pending.target.magnitude
        return max(held, wanted).times(max(pending.price, price ?? pending.price))
    }

    mutating func take(_ order: borrowing OrderEvent) throws(NumberError) {
        if pending?.correlationID == order.meta.correlationID { pending?.isOrdered = true }
        if let fill = order.fill {
            quantity = try quantity.adding(fill.quantity.signed(order.side))
            price = fill.price
        }
        guard order.state.isFinal else { return }
        if pending?.correlationID == order.meta.correlationID { pending = nil }
        if let late = order.fill, order.state != .filled {
            // What came after the cancellation was given up as missing then.
            try addToShare(of: order.strategy, late.quantity.signed(order.side))
            return
        }
        let missing = try order.quantity.subtracting(order.filledQuantity).signed(order.side)
        if !missing.isZero { try addToShare(of: order.strategy, missing.negated()) }
    }

    private mutating func addToShare(of strategy: StrategyID, _ quantity: Quantity) throws(NumberError) {
        guard let share = shares[strategy] else { return }
        shares[strategy] = try share.adding(quantity)
    }
}

extension Quantity {
    /// The quantity as a step of the position: above zero for a buy, below for a sell.
    func signed(_ side: Side) throws(NumberError) -> Quantity { side == .buy ? self : try negated() }
}
