import Contracts

/// The next order's worth on the way of a position to its goal, before its price.
struct Move: Hashable {
    let side: Side
    let quantity: Quantity
    let isReduceOnly: Bool
    let positionIndex: PositionIndex

    /// The way from what is held to the net position `goal`; nil where it is reached.
    ///
    /// One order a position: in hedge mode first what closes the opposite leg, then what opens the other.
    init?(
        from held: PerPosition<Quantity>,
        to goal: Quantity,
        isHedged: Bool,
        rules: OrderRules
    ) throws(NumberError) {
        let net = try isHedged ? held[.hedgeLong].adding(held[.hedgeShort]) : held[.oneWay]
        let step = try goal.subtracting(net).rounded(toMultipleOf: rules.step, .towardZero)
        guard !step.isZero else { return nil }
        side = step.isNegative ? .sell : .buy
        var quantity = try step.magnitude
        if isHedged {
            let opposite: PositionIndex = side == .buy ? .hedgeShort : .hedgeLong
            let present = try held[opposite].magnitude
            isReduceOnly = present.isPositive
            positionIndex = isReduceOnly ? opposite : side == .buy ? .hedgeLong : .hedgeShort
            if isReduceOnly { quantity = min(quantity, present) }
        } else {
            // An order that reverses the position cannot be reduce-only.
            let (wanted, present) = try (goal.magnitude, net.magnitude)
            isReduceOnly = goal.isZero || goal.isNegative == net.isNegative && wanted < present
            positionIndex = .oneWay
        }
        if let most = rules.most { quantity = min(quantity, most) }
        self.quantity = quantity
    }
}
