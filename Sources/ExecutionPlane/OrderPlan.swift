import Contracts

/// The one order that moves a position to an approved target: a limit order that takes what is there and leaves.
struct OrderPlan: Hashable {
    let side: Side
    let quantity: Quantity
    let limitPrice: Price
    let isReduceOnly: Bool

    /// Plans the way from `held` to the approved target; nil where the position is there already.
    init?(_ approved: borrowing ApprovedIntent, held: Quantity, spec: InstrumentSpec) throws(NumberError) {
        let target = approved.targetQuantity
        let step = try target.subtracting(held).rounded(toMultipleOf: spec.quantityStep, .towardZero)
        guard !step.isZero else { return nil }
        let side: Side = step.isNegative ? .sell : .buy
        var quantity = try step.magnitude
        if let most = spec.quantityMax { quantity = min(quantity, most) }
        self.side = side
        self.quantity = quantity
        limitPrice = try Self.limitPrice(
            side,
            reference: approved.referencePrice,
            limit: approved.limitPrice,
            slippageMax: approved.slippageMax,
            tick: spec.tickSize
        )
        // An order that reverses the position cannot be reduce-only.
        let (wanted, present) = try (target.magnitude, held.magnitude)
        isReduceOnly = target.isZero || target.isNegative == held.isNegative && wanted < present
    }

    /// The worst price allowed, rounded to the tick on the safe side.
    private static func limitPrice(
        _ side: Side,
        reference: Price,
        limit: Price?,
        slippageMax: Ratio,
        tick: Price
    ) throws(NumberError) -> Price {
        let rule: FloatingPointRoundingRule = side == .buy ? .down : .up
        let factor = try side == .buy ? slippageMax.adding(1) : Ratio(1).subtracting(slippageMax)
        let exact = reference.times(factor)
        // To the tick's own places first, in the same direction: every multiple of the tick has no more of them.
        let narrow: Int128 =
            exact.scale > tick.scale
            ? exact.units.divided(by: PowersOfTen.int128[Int(exact.scale - tick.scale)], rule) : exact.units
        guard let units = Int64(exactly: narrow) else { throw .overflow }
        let bound = try Price(units: units, scale: min(exact.scale, tick.scale)).rounded(
            toMultipleOf: tick,
            rule
        )
        guard let limit = try limit?.rounded(toMultipleOf: tick, rule) else { return bound }
        return side == .buy ? min(bound, limit) : max(bound, limit)
    }
}
