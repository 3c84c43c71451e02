import Contracts

/// From the next stretch of the way to an order, by the style of its leave.
extension Desk {
    /// Places the order of one move.
    mutating func place(
        _ move: Move,
        of current: Campaign,
        _ rules: OrderRules,
        now: UnixMilliseconds,
        into steps: inout [OrderEvent]
    ) throws(ExecutionError) {
        let leave = current.leave
        guard move.isReduceOnly || now >= entersFrom else {
            campaign?.heldUntil = entersFrom
            campaign?.quietUntil = entersFrom
            return
        }
        campaign?.heldUntil = nil
        let plan: OrderPlan
        if case .passive = current.pace {
            guard now >= current.quietUntil else { return }
            plan = OrderPlan(move, .postOnly, at: try pegPrice(move.side, leave, rules))
            campaign?.quietUntil = now + settings.repegMilliseconds
        } else {
            let worst = try ExecutionError.exactly(instrument) { () throws(NumberError) in
                try leave.worstPrice(move.side, tick: rules.tick)
            }
            plan = OrderPlan(move, .immediateOrCancel, at: worst)
        }
        place(
            plan,
            intent: leave.intent,
            leave.strategy,
            leave.correlationID,
            into: &steps
        )
    }

    /// The own side of the touch, or the price of the decision where nobody knows it; never beyond the worst allowed.
    func pegPrice(
        _ side: Side,
        _ leave: Leave,
        _ rules: OrderRules
    ) throws(ExecutionError) -> Price {
        let touch = touch
        return try ExecutionError.exactly(instrument) { () throws(NumberError) in
            let worst = try leave.worstPrice(side, tick: rules.tick)
            let reference = try leave.referencePrice.rounded(
                toMultipleOf: rules.tick,
                side == .buy ? .down : .up
            )
            let price = touch.price(of: side) ?? reference
            return side == .buy ? min(price, worst) : max(price, worst)
        }
    }
}
