import Contracts

/// From a leave to the orders that carry it out.
extension Desk {
    /// Takes a newer leave: at once, or after the end of the order that is at work.
    mutating func take(
        _ leave: Leave,
        now: UnixMilliseconds,
        into steps: inout [OrderEvent]
    )
        throws(ExecutionError)
    {
        guard allowsTrading else { throw notTrading }
        guard let place = movePlace else { return try begin(leave, now: now, into: &steps) }
        waiting = leave
        cancel(place, "superseded by a newer intent", into: &steps)
    }

    /// Begins the work on a leave; whatever was before it is over.
    mutating func begin(
        _ leave: Leave,
        now: UnixMilliseconds,
        into steps: inout [OrderEvent]
    )
        throws(ExecutionError)
    {
        campaign = nil
        guard allowsTrading else { throw notTrading }
        guard !leave.isExpired(at: now) else { throw .expired(instrument, milliseconds: now - leave.expires) }
        guard let rules else { throw .unknownInstrument(instrument) }
        campaign = try ExecutionError.exactly(instrument) { () throws(NumberError) in
            try Campaign(leave, from: net, rules: rules, settings: settings, now: now)
        }
        if !leave.target.isZero {
            let direction: Direction = leave.target.isNegative ? .short : .long
            try ExecutionError.exactly(instrument) { () throws(NumberError) in
                try protection(direction) { protection throws(NumberError) in
                    try protection.take(leave, direction, tick: rules.tick)
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
            guard let rules, !current.isEnding, !current.leave.isExpired(at: now) else { break }
            if case .passive(let crossAt) = current.pace, now >= crossAt || current.isCrossing {
                current.pace = .marketable
            }
            let held = held
            let move = try ExecutionError.exactly(instrument) { () throws(NumberError) in
                try Move(from: held, to: current.goal, isHedged: isHedged, rules: rules)
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
            return try place(move, of: current, rules, now: now, into: &steps)
        }
        campaign = nil
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
        let target = leave.target
        let next = try net.adding(slices.part)
        let isBeyond = slices.part.isNegative ? next < target : next > target
        goal = slices.left == 0 || isBeyond ? target : next
        pace = .sliced(slices)
    }
}
