import Contracts

/// How far a position can get without another approval.
struct Reach {
    var held = Quantity.zero
    /// The most that can be held, and the least, by orders that may raise the exposure and by open leaves.
    var upper = Quantity.zero
    var lower = Quantity.zero
    /// The same with every order that was placed to move the position.
    var moveUpper = Quantity.zero
    var moveLower = Quantity.zero
    /// Both sides of a hedged position together, at the worst.
    var gross = Quantity.zero
    /// The highest price at which it gets there; nil where nothing is under way.
    var price: Price?

    var isFlat: Bool { gross.isZero }

    /// Whether holding `target`, which reduces what is held, still does so if every order under way is filled.
    func staysReducing(to target: Quantity) -> Bool {
        target.isZero || (target.isNegative ? target >= moveUpper : target <= moveLower)
    }
}

extension Holding {
    private var isUnhedged: Bool {
        legs[.hedgeLong].quantity.isZero && legs[.hedgeShort].quantity.isZero
    }

    /// The target of all strategies but `strategy`.
    func others(than strategy: StrategyID) throws(NumberError) -> Quantity {
        var sum = Quantity.zero
        for index in shares.indices where shares[index].strategy != strategy {
            sum = try sum.adding(shares[index].quantity)
        }
        return sum
    }

    /// The strategy's own part.
    func quantity(of strategy: StrategyID) -> Quantity {
        for index in shares.indices where shares[index].strategy == strategy { return shares[index].quantity }
        return .zero
    }

    /// When the strategy's newest approval was.
    func approved(of strategy: StrategyID) -> UnixMilliseconds? {
        for index in shares.indices where shares[index].strategy == strategy { return shares[index].approved }
        return nil
    }

    /// When time alone changes the reach: the next leave runs out.
    func changesAt(after now: UnixMilliseconds) -> UnixMilliseconds {
        var earliest = UnixMilliseconds.max
        for leave in leaves where leave.isOpen(at: now) { earliest = min(earliest, leave.expires) }
        return earliest
    }

    /// The worst that can become of the position at `now`, whatever is filled of what was approved.
    func reach(at now: UnixMilliseconds) throws(NumberError) -> Reach {
        var reach = Reach()
        reach.held = net
        (reach.upper, reach.lower, reach.moveUpper, reach.moveLower) = (net, net, net, net)
        if !orders.isEmpty {
            reach.upper = try net.adding(orders.buys)
            reach.lower = try net.subtracting(orders.sells)
            reach.moveUpper = try net.adding(orders.moveBuys)
            reach.moveLower = try net.subtracting(orders.moveSells)
            reach.price = orders.priceMax
        }
        for leave in leaves where leave.isOpen(at: now) {
            reach.upper = max(reach.upper, leave.target)
            reach.lower = min(reach.lower, leave.target)
            reach.moveUpper = max(reach.moveUpper, leave.target)
            reach.moveLower = min(reach.moveLower, leave.target)
            reach.price = Price.higher(reach.price, leave.price)
        }
        reach.gross = max(try reach.upper.magnitude, try reach.lower.magnitude)
        if !isUnhedged {
            reach.gross = try reach.gross.adding(legs.gross).subtracting(net.magnitude)
        }
        return reach
    }
}

extension Quantity {
    /// Whether holding this instead of `held` adds no exposure.
    func isWithin(_ held: Quantity) throws(NumberError) -> Bool {
        if isZero { return true }
        guard isNegative == held.isNegative else { return false }
        return try magnitude <= held.magnitude
    }
}
