import Contracts

/// From a leave to the orders that carry it out.
extension Desk {
    /// Takes a newer leave: at once, or after the end of the order that is at work.
    mutating func take(
        _ approved: ApprovedIntent,
        now: UnixMilliseconds,
        into steps: inout [OrderEvent]
    )
        throws(ExecutionError)
    {
        guard allowsTrading else { throw notTrading }
        guard let place = movePlace else { return try begin(approved, now: now, into: &steps) }
        waiting = approved
        cancel(place, "superseded by a newer intent", into: &steps)
    }

    /// Begins the work on a leave; whatever was before it is over.
    mutating func begin(
        _ approved: ApprovedIntent,
        now: UnixMilliseconds,
        into steps: inout [OrderEvent]
    )
        throws(ExecutionError)
    {
        campaign = nil
        guard allowsTrading else { throw notTrading }
        guard now < approved.expires else { throw .expired(instrument, milliseconds: now - approved.expires) }
        guard let spec else { throw .unknownInstrument(instrument) }
        campaign = try ExecutionError.exactly(instrument) { () throws(NumberError) in
            try Campaign(approved, from: net, spec: spec, settings: settings, now: now)
        }
        if !approved.targetQuantity.isZero {
            let direction: Direction = approved.targetQuantity.isNegative ? .short : .long
            try ExecutionError.exactly(instrument) { () throws(NumberError) in
                try protection(direction) { protection throws(NumberError) in
                    try protection.take(approved, direction, tick: spec.tickSize)
                }
            }
        }
        try proceed(now: now, into: &steps)
        protect(now: now, into: &steps)
    }

    /// Does what is due next: another slice, another order, the end.
    mutating func proceed(now: UnixMilliseconds, into steps: inout [OrderEvent]) throws(ExecutionError) {
        guard movePlace == nil else { return }
        while var current = campaign {
            guard let spec, !current.isEnding, !current.isExpired(at: now) else { break }
            if case .passive(let crossAt) = current.pace, now >= crossAt || current.isCrossing {
                current.pace = .marketable
            }
            let held = held
            let move = try ExecutionError.exactly(instrument) { () throws(NumberError) in
                try Move(from: held, to: current.goal, isHedged: isHedged, spec: spec)
            }
            guard let move else {
                // A goal is reached: that of the whole, or that of a slice.
                guard case .sliced(let slices) = current.pace, slices.left > 0 else { break }
                guard allowsTrading, now >= slices.nextAt else { return }
                try ExecutionError.exactly(instrument) { () throws(NumberError) in
                    try current.beginSlice(from: net, now: now)
                }
                campaign = current
                continue
            }
            campaign = current
            guard allowsTrading else { return }
            return try place(move, of: current, spec, now: now, into: &steps)
        }
        campaign = nil
    }

    private mutating func place(
        _ move: Move,
        of current: Campaign,
        _ spec: InstrumentSpec,
        now: UnixMilliseconds,
        into steps: inout [OrderEvent]
    ) throws(ExecutionError) {
        let approved = current.approved
        let plan: OrderPlan
        if case .passive = current.pace {
            guard now >= current.quietUntil else { return }
            plan = OrderPlan(move, .postOnly, at: try pegPrice(move.side, approved, spec))
            campaign?.quietUntil = now + settings.repegMilliseconds
        } else {
            let worst = try ExecutionError.exactly(instrument) { () throws(NumberError) in
                try approved.worstPrice(move.side, tick: spec.tickSize)
            }
            plan = OrderPlan(move, .immediateOrCancel, at: worst)
        }
        place(
            plan,
            intent: approved.intentNumber,
            approved.strategy,
            approved.meta.correlationID,
            into: &steps
        )
    }

    /// The own side of the touch, or the price of the decision where nobody knows it; never beyond the worst allowed.
    func pegPrice(
        _ side: Side,
        _ approved: ApprovedIntent,
        _ spec: InstrumentSpec
    ) throws(ExecutionError) -> Price {
        try ExecutionError.exactly(instrument) { () throws(NumberError) in
            let worst = try approved.worstPrice(side, tick: spec.tickSize)
            let reference = try approved.referencePrice.rounded(
                toMultipleOf: spec.tickSize,
                side == .buy ? .down : .up
            )
            let price = touch.price(of: side) ?? reference
            return side == .buy ? min(price, worst) : max(price, worst)
        }
    }

    /// After the end of the order that moved the position: the newer leave, or what is left of this one.
    mutating func moveEnded(
        _ state: OrderState,
        now: UnixMilliseconds,
        into steps: inout [OrderEvent]
    )
        throws(ExecutionError)
    {
        if let next = waiting {
            waiting = nil
            return try begin(next, now: now, into: &steps)
        }
        guard let current = campaign else { return }
        switch current.pace {
        case .marketable:
            // What is left unfilled inside the limit is left; the strategy may ask again.
            guard state == .filled else {
                campaign = nil
                return
            }
        case .passive(let crossAt):
            guard state != .rejected else {
                campaign = nil
                return
            }
            // The venue ended it, as it would have crossed: the next touch may place it anew.
            if state != .filled, now < crossAt, !current.isCrossing, !current.isEnding { return }
        case .sliced(let slices):
            guard state != .rejected else {
                campaign = nil
                return
            }
            guard state == .filled else {
                // What a slice has left is taken by the last one.
                guard slices.left > 0 else {
                    campaign = nil
                    return
                }
                let net = try ExecutionError.exactly(instrument) { () throws(NumberError) in try self.net }
                campaign?.goal = net
                break
            }
        }
        try proceed(now: now, into: &steps)
    }

    private var notTrading: ExecutionError {
        .notTrading(instrument, lifecycle: lifecycle?.rawValue ?? "not started")
    }
}

extension Campaign {
    /// Sets the goal of the next slice; that of the last one is the target.
    fileprivate mutating func beginSlice(from net: Quantity, now: UnixMilliseconds) throws(NumberError) {
        guard case .sliced(var slices) = pace else { return }
        slices.left -= 1
        slices.nextAt = now + slices.interval
        let target = approved.targetQuantity
        let next = try net.adding(slices.part)
        let isBeyond = slices.part.isNegative ? next < target : next > target
        goal = slices.left == 0 || isBeyond ? target : next
        pace = .sliced(slices)
    }
}
