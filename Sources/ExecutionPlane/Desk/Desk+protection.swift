import Contracts

/// Stops and take profits at the venue: one of each at most a position, of the position's size, never larger.
extension Desk {
    private static let purposes = [OrderPurpose.stopLoss, .takeProfit]

    /// Changes the protection of one direction.
    mutating func protection<Failure: Error>(
        _ direction: Direction,
        _ change: (inout Protection) throws(Failure) -> Void
    ) throws(Failure) {
        if direction == .long { try change(&long) } else { try change(&short) }
    }

    /// Brings the orders that protect positions in line with the positions.
    mutating func protect(now: UnixMilliseconds, into steps: inout [OrderEvent]) {
        // The usual case, on the hot path: nothing is protected and nothing is to be.
        if long.isEmpty, short.isEmpty, !orders.contains(where: { !$0.isMove }) {
            // What was to be looked at again has ended by itself.
            (long.actAt, short.actAt) = (nil, nil)
            (long.goneSince, short.goneSince) = (nil, nil)
            return
        }
        protect(.long, now: now, into: &steps)
        protect(.short, now: now, into: &steps)
    }

    private mutating func protect(
        _ direction: Direction,
        now: UnixMilliseconds,
        into steps: inout [OrderEvent]
    ) {
        protection(direction) { $0.actAt = nil }
        // Its other fills are on their way: what follows from all of them is done once.
        guard allowsTrading, !orders.contains(where: \.isTrading) else { return }
        let index = direction.index(isHedged: isHedged)
        let position = held[index]
        let size: Quantity
        do throws(NumberError) {
            size =
                switch direction {
                case .long: position.isPositive ? position : .zero
                case .short: position.isNegative ? try position.negated() : .zero
                }
        } catch {
            return
        }
        if size.isPositive {
            protection(direction) { $0.goneSince = nil }
        } else if campaign == nil, waiting == nil {
            protection(direction) { protection in
                for purpose in Self.purposes { protection.forget(purpose) }
            }
        }
        for purpose in Self.purposes { protect(direction, index, size, purpose, now: now, into: &steps) }
    }

    private mutating func protect(
        _ direction: Direction,
        _ index: PositionIndex,
        _ size: Quantity,
        _ purpose: OrderPurpose,
        now: UnixMilliseconds,
        into steps: inout [OrderEvent]
    ) {
        let wanted = direction == .long ? long : short
        let level = size.isPositive ? wanted.level(purpose) : nil
        let place = orders.firstIndex {
            $0.plan.purpose == purpose && $0.plan.side == direction.exit && $0.plan.positionIndex == index
        }
        switch (place, level) {
        case (nil, nil): return
        case (nil, let level?):
            guard !isClosing(direction, index), let intent = wanted.intent else { return }
            guard now >= wanted.quietUntil else { return remind(direction, at: wanted.quietUntil) }
            let trigger = trigger(purpose, at: level, direction)
            let plan = OrderPlan(closing: index, orderSize(size), direction.exit, on: trigger, as: purpose)
            self.place(plan, intent: intent, wanted.strategy, wanted.correlationID, into: &steps)
        case (let place?, nil):
            // The venue ends by itself what closes a position that is gone.
            let since = wanted.goneSince ?? now
            let end = since + settings.protectionRetryMilliseconds
            if size.isZero, now < end {
                protection(direction) { $0.goneSince = since }
                return remind(direction, at: end)
            }
            cancel(place, size.isZero ? "the position is gone" : "no longer wanted", into: &steps)
        case (let place?, let level?):
            let plan = orders[place].plan
            let quantity = orderSize(size, now: plan.quantity)
            guard orders[place].machine.state == .untriggered,
                plan.trigger?.price != level || plan.quantity != quantity
            else { return }
            guard !orders[place].isAmendRefused || now >= wanted.quietUntil else {
                return remind(direction, at: wanted.quietUntil)
            }
            let reason = plan.quantity != quantity ? "the position has changed" : "the level has changed"
            guard let step = orders[place].amend(instrument, to: level, quantity, reason) else { return }
            steps.append(step)
        }
    }

    /// The quantity of an order for a position: one order has a most, and none can shrink below the least.
    private func orderSize(_ size: Quantity, now standing: Quantity? = nil) -> Quantity {
        guard let rules else { return size }
        if let standing, size < rules.least { return standing }
        return rules.most.map { min($0, size) } ?? size
    }

    /// Whether a stop or take profit of the position is just closing it.
    private func isClosing(_ direction: Direction, _ index: PositionIndex) -> Bool {
        orders.contains { order in
            guard !order.isMove, order.plan.side == direction.exit, order.plan.positionIndex == index else {
                return false
            }
            switch order.machine.state {
            case .triggered, .open, .partiallyFilled: return true
            default: return false
            }
        }
    }

    private func trigger(_ purpose: OrderPurpose, at level: Price, _ direction: Direction) -> OrderTrigger {
        let isStop = purpose == .stopLoss
        return OrderTrigger(
            kind: isStop ? .stop : .takeProfit,
            price: level,
            source: settings.triggerSource,
            direction: isStop == (direction == .long) ? .falls : .rises
        )
    }

    private mutating func remind(_ direction: Direction, at time: UnixMilliseconds) {
        protection(direction) { $0.actAt = min($0.actAt ?? time, time) }
    }
}
