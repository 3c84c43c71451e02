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
        spec: InstrumentSpec
    ) throws(NumberError) {
        let net = try isHedged ? held[.hedgeLong].adding(held[.hedgeShort]) : held[.oneWay]
        let step = try goal.subtracting(net).rounded(toMultipleOf: spec.quantityStep, .towardZero)
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
        if let most = spec.quantityMax { quantity = min(quantity, most) }
        self.quantity = quantity
    }
}

extension ApprovedIntent {
    /// The worst price it allows `side`, rounded to the tick on the safe side.
    func worstPrice(_ side: Side, tick: Price) throws(NumberError) -> Price {
        let rule: FloatingPointRoundingRule = side == .buy ? .down : .up
        let factor = try side == .buy ? slippageMax.adding(1) : Ratio(1).subtracting(slippageMax)
        let exact = referencePrice.times(factor)
        // To the tick's own places first, in the same direction: every multiple of the tick has no more of them.
        let narrow: Int128 =
            exact.scale > tick.scale
            ? exact.units.divided(by: PowersOfTen.int128[Int(exact.scale - tick.scale)], rule) : exact.units
        guard let units = Int64(exactly: narrow) else { throw .overflow }
        let bound = try Price(units: units, scale: min(exact.scale, tick.scale)).rounded(
            toMultipleOf: tick,
            rule
        )
        guard let limit = try limitPrice?.rounded(toMultipleOf: tick, rule) else { return bound }
        return side == .buy ? min(bound, limit) : max(bound, limit)
    }

    /// The intent's own sequence number; orders are named after it.
    var intentNumber: UInt64 {
        guard case .intent(let number) = meta.correlationID else { return meta.seq }
        return number
    }
}
