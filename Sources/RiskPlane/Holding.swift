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
    /// Every leave that may still become a fill; a newer one does not end an order that is under way.
    private var pending: [Pending] = []
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
        var (worst, worstPrice) = (held, price)
        for leave in pending where leave.isOrdered || now < leave.expires {
            worst = max(worst, try leave.target.magnitude)
            worstPrice = max(worstPrice ?? leave.price, leave.price)
        }
        guard !worst.isZero else { return .zero }
        guard let worstPrice else { throw NumberError.malformed }
        return worst.times(worstPrice)
    }

    /// Counts one more leave, and forgets those that have run out without an order.
    mutating func add(_ leave: Pending, at now: UnixMilliseconds) {
        pending.removeAll { !$0.isOrdered && now >= $0.expires }
        pending.append(leave)
    }

    mutating func take(_ order: borrowing OrderEvent) throws(NumberError) {
        for index in pending.indices where pending[index].correlationID == order.meta.correlationID {
            pending[index].isOrdered = true
        }
        if let fill = order.fill {
            quantity = try quantity.adding(fill.quantity.signed(order.side))
            price = fill.price
        }
        guard order.state.isFinal else { return }
        pending.removeAll { $0.correlationID == order.meta.correlationID }
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
