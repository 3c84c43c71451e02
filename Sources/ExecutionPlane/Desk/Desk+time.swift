import Contracts

/// What moves a desk besides leaves and reports: time, the touch, and the leave to trade itself.
extension Desk {
    /// Does what is due at `now`.
    mutating func wake(now: UnixMilliseconds, into steps: inout [OrderEvent]) throws(ExecutionError) {
        guard allowsTrading else { return }
        protect(now: now, into: &steps)
        guard let current = campaign else { return }
        if current.leave.isExpired(at: now) {
            return endCampaign("its intent has expired", into: &steps)
        }
        if case .passive(let crossAt) = current.pace {
            // Until it crosses, only the touch moves it.
            guard now >= crossAt, !current.isCrossing || movePlace == nil else { return }
            if let place = movePlace {
                campaign?.isCrossing = true
                return cancel(place, "what is left crosses", into: &steps)
            }
        }
        try proceed(now: now, into: &steps)
    }

    /// Keeps the touch; true where an order may have to follow it.
    mutating func note(_ ticker: borrowing TickerEvent) -> Bool {
        touch.take(ticker)
        return campaign != nil
    }

    /// Keeps the touch; true where an order may have to follow it.
    mutating func note(_ delta: borrowing OrderBookDelta) -> Bool {
        touch.take(delta)
        return campaign != nil
    }

    /// Follows the touch with a passive order, or places it again where the venue had ended it.
    mutating func followTouch(now: UnixMilliseconds, into steps: inout [OrderEvent]) throws(ExecutionError) {
        guard allowsTrading, let current = campaign, let rules, case .passive(let crossAt) = current.pace,
            now >= current.quietUntil, now < crossAt, !current.isEnding
        else { return }
        guard let place = movePlace else { return try proceed(now: now, into: &steps) }
        let plan = orders[place].plan
        guard plan.timeInForce == .postOnly, let price = plan.limitPrice else { return }
        let peg = try pegPrice(plan.side, current.leave, rules)
        // Only away: a touch that comes to the order is what it waits for.
        guard plan.side == .buy ? peg > price : peg < price else { return }
        guard let step = orders[place].amend(instrument, to: peg, plan.quantity, "the touch has moved away")
        else { return }
        campaign?.quietUntil = now + settings.repegMilliseconds
        steps.append(step)
    }

    /// Follows the system's leave to trade; with it what stood still goes on, unless its intent has expired.
    mutating func follow(
        _ state: borrowing ControlState,
        now: UnixMilliseconds,
        into steps: inout [OrderEvent]
    )
        throws(ExecutionError)
    {
        let mayTradeAgain = state.allowsTrading && !allowsTrading
        lifecycle = state.lifecycle
        allowsTrading = state.allowsTrading
        guard mayTradeAgain else { return }
        if waiting != nil, let place = movePlace {
            cancel(place, "superseded by a newer intent", into: &steps)
        } else if campaign?.isEnding == true, let place = movePlace {
            cancel(place, "its intent is over", into: &steps)
        }
        try wake(now: now, into: &steps)
    }

    /// Gives up what would enter a position, or turn one round; what only closes goes on.
    mutating func endEntering(_ reason: String, into steps: inout [OrderEvent]) throws(ExecutionError) {
        let net = try ExecutionError.exactly(instrument) { () throws(NumberError) in try self.net }
        if let next = waiting, next.target.enters(from: net) { waiting = nil }
        if let current = campaign, !current.isEnding, current.leave.target.enters(from: net) {
            endCampaign(reason, into: &steps)
        }
    }

    /// Ends the work on a leave; what rests is cancelled first.
    mutating func endCampaign(_ reason: String, into steps: inout [OrderEvent]) {
        guard let place = movePlace else {
            campaign = nil
            return
        }
        campaign?.isEnding = true
        cancel(place, reason, into: &steps)
    }
}

extension Quantity {
    /// Whether the way from `held` to this position makes it larger, or leads to the other side.
    fileprivate func enters(from held: Quantity) -> Bool {
        if isZero { return false }
        if held.isZero || isNegative != held.isNegative { return true }
        return isNegative ? self < held : self > held
    }
}
