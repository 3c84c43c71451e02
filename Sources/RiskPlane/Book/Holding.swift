import Contracts

/// What risk knows of one instrument's position, by its own tally of fills.
struct Holding: Hashable, Codable {
    private(set) var legs = Legs()
    /// Long less short.
    private(set) var net = Quantity.zero
    /// The newest price of a mark, a fill or an intent's reference.
    private(set) var price: Price?
    private(set) var orders = LiveOrders()
    /// Oldest first; the newest stays, so that its owner is known.
    private(set) var leaves: [Leave] = []
    private(set) var shares: [Share] = []
    private var lastFill: UnixMilliseconds?

    var margin: Money { get throws(NumberError) { try legs.margin } }

    /// Where the venue would close the position by force; nil where it would not, or nobody knows.
    var liquidationPrice: Price? { legs.liquidationPrice(isLong: !net.isNegative) }

    // MARK: What happens

    /// Follows one step of an order; true where it is one that no approval has been counted for.
    mutating func take(_ order: borrowing OrderEvent) throws(NumberError) -> Bool {
        if let fill = order.fill {
            let step = try fill.quantity.signed(order.side)
            var legs = legs
            legs[order.positionIndex].quantity = try legs[order.positionIndex].quantity.adding(step)
            net = try legs.net
            self.legs = legs
            price = fill.price
            lastFill = order.meta.ts
        }
        _ = try orders.take(order)
        guard order.purpose == .move else {
            // A stop or take profit closes its owner's part first; what the venue closes by force is anybody's.
            if let fill = order.fill { try distribute(fill.quantity.signed(order.side), to: order.strategy) }
            return order.state == .submitting
        }
        return try settle(order)
    }

    /// The position as the books state it; gives the round trip's profit where one has just ended.
    ///
    /// Within the time of a fill the books may be behind this tally, so their quantity counts from the next one on.
    mutating func take(_ update: borrowing PositionUpdate) throws(NumberError) -> Money? {
        var leg = legs[update.positionIndex]
        let trip = try leg.take(update)
        let isNews = update.meta.correlationID == nil && update.meta.ts > (lastFill ?? .min)
        let isChanged = isNews && leg.quantity != update.quantity
        if isNews { leg.quantity = update.quantity }
        legs[update.positionIndex] = leg
        net = try legs.net
        if let mark = update.markPrice { price = mark }
        if isChanged { try reconcile(at: update.meta.ts) }
        return trip
    }

    /// Counts one more leave.
    mutating func add(_ leave: Leave, share: Quantity, reference: Price, at now: UnixMilliseconds) {
        // Between two orders a leave ends with the next one; before its first, that may still be on its way.
        if !orders.hasMove {
            for place in leaves.indices where leaves[place].isOrdered { leaves[place].isEnded = true }
        }
        // The same wish again: the newer leave says all that the older one did.
        leaves.removeAll { $0.target == leave.target && !$0.isOrdered && $0.expires <= leave.expires }
        leaves.append(leave)
        prune(at: now)
        if let place = shares.firstIndex(where: { $0.strategy == leave.strategy }) {
            shares[place].quantity = share
            shares[place].approved = now
        } else {
            shares.append(Share(strategy: leave.strategy, quantity: share, approved: now))
        }
        if price == nil { price = reference }
    }

    /// Takes over what was kept; what the books have told since the start stays.
    mutating func restore(_ kept: Holding, mark: Price?, at now: UnixMilliseconds) throws(NumberError) {
        let present = self
        self = kept
        try orders.dropImmediate()
        legs = present.legs
        for index in PositionIndex.allCases { legs[index].restore(kept.legs[index]) }
        net = try legs.net
        price = present.price ?? mark
        try reconcile(at: now)
    }

    /// Ends every order and the leaves that they were placed on.
    mutating func forgetOrders(at now: UnixMilliseconds) throws(NumberError) {
        orders = LiveOrders()
        for place in leaves.indices { leaves[place].isEnded = true }
        prune(at: now)
        try reconcile(at: now)
    }

    // MARK: Leaves and shares

    /// Ends what has run out without an order under way, and gives its missing part back.
    mutating func expire(at now: UnixMilliseconds) throws(NumberError) {
        guard let newest = leaves.last, !newest.isEnded, now >= newest.expires,
            !orders.hasOrder(of: newest.correlationID)
        else { return }
        leaves[leaves.count - 1].isEnded = true
        prune(at: now)
        try reconcile(at: now)
    }

    private mutating func settle(_ order: borrowing OrderEvent) throws(NumberError) -> Bool {
        let correlationID = order.meta.correlationID
        guard let place = leaves.lastIndex(where: { $0.correlationID == correlationID }) else {
            try reconcile(at: order.meta.ts)
            return order.state == .submitting
        }
        let isFurther = order.state == .submitting && leaves[place].isOrdered
        if !order.state.isFinal {
            if leaves[place].isEnded { try revive(place) }
            leaves[place].isOrdered = true
            // Leaves are acted on in their order: the older ones will lead to nothing any more.
            for older in leaves.indices[..<place] { leaves[older].isEnded = true }
        } else if net == leaves[place].target || leaves[place].isAtOnce && order.state != .filled {
            leaves[place].isEnded = true
        }
        prune(at: order.meta.ts)
        try reconcile(at: order.meta.ts)
        return isFurther
    }

    /// Another order of a leave that seemed to be over: its owner is to have the whole of it after all.
    private mutating func revive(_ place: Int) throws(NumberError) {
        leaves[place].isEnded = false
        let leave = leaves[place]
        guard place == leaves.count - 1,
            let owner = shares.firstIndex(where: { $0.strategy == leave.strategy })
        else { return }
        shares[owner].quantity = try leave.target.subtracting(others(than: leave.strategy))
    }

    /// Once nothing is under way the shares add up to the position; what is over or missing is the newest owner's.
    private mutating func reconcile(at now: UnixMilliseconds) throws(NumberError) {
        guard let newest = leaves.last, !newest.isOpen(at: now) else { return }
        var missing = net
        for share in shares { missing = try missing.subtracting(share.quantity) }
        try distribute(missing, to: newest.strategy)
    }

    /// Adds to the shares: what closes takes from the owner's first, then from the others'; what is left over is the
    /// owner's own.
    private mutating func distribute(_ change: Quantity, to owner: StrategyID) throws(NumberError) {
        guard !change.isZero,
            let first = shares.firstIndex(where: { $0.strategy == owner }) ?? shares.indices.last
        else { return }
        var rest = change
        for place in [first] + shares.indices.reversed() where !rest.isZero {
            let quantity = shares[place].quantity
            guard quantity.isNegative != rest.isNegative, !quantity.isZero else { continue }
            let taken = try rest.magnitude < quantity.magnitude ? rest : quantity.negated()
            shares[place].quantity = try quantity.adding(taken)
            rest = try rest.subtracting(taken)
        }
        shares[first].quantity = try shares[first].quantity.adding(rest)
    }

    private mutating func prune(at now: UnixMilliseconds) {
        guard leaves.count > 1 else { return }
        let newest = leaves.removeLast()
        leaves.removeAll { !$0.isOpen(at: now) }
        leaves.append(newest)
    }
}

extension Quantity {
    /// The quantity as a step of the position: above zero for a buy, below for a sell.
    func signed(_ side: Side) throws(NumberError) -> Quantity { side == .buy ? self : try negated() }
}
