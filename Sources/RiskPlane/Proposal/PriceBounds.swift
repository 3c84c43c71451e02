import Contracts

extension Surroundings {
    /// The worst price that a fill can have: by the slippage allowed, and by the intent's own limit.
    func fillBound(of intent: StrategyIntent, isBuy: Bool) throws(NumberError) -> Price {
        let bound = isBuy ? worstPrice : try intent.referencePrice.lowered(by: intent.slippageMax)
        guard let limit = intent.limitPrice else { return bound }
        return isBuy ? min(bound, limit) : max(bound, limit)
    }
}

extension Price {
    /// The price `fraction` above, never rounded down.
    func raised(by fraction: Ratio) throws(NumberError) -> Price {
        try scaled(by: fraction.adding(1), .up)
    }

    /// The price `fraction` below, never rounded up.
    func lowered(by fraction: Ratio) throws(NumberError) -> Price {
        try scaled(by: Ratio(1).subtracting(fraction), .down)
    }

    /// Whether the price is at most `fraction` away from `anchor`.
    func isWithin(_ fraction: Ratio, of anchor: Price) throws(NumberError) -> Bool {
        if scale == anchor.scale {
            let distance = Int128(units) - Int128(anchor.units)
            return Int128(distance.magnitude) * Int128(PowersOfTen.narrow(Int(fraction.scale)))
                <= Int128(anchor.units) * Int128(fraction.units)
        }
        return try !subtracting(anchor).magnitude.times(Ratio(1)).isAbove(anchor.times(fraction))
    }

    private func scaled(by factor: Ratio, _ rule: FloatingPointRoundingRule) throws(NumberError) -> Price {
        let exact = times(factor)
        let places = min(exact.scale, scale + 2, 18)
        let units =
            exact.scale > places
            ? exact.units.divided(by: PowersOfTen.int128[Int(exact.scale - places)], rule) : exact.units
        guard let narrow = Int64(exactly: units) else { throw .overflow }
        return Price(units: narrow, scale: places)
    }
}

extension Money {
    /// Whether the amount is higher than `other`; without a division in the usual case.
    func isAbove(_ other: Money) -> Bool {
        if scale == other.scale { return units > other.units }
        let (left, right) = (Int(scale), Int(other.scale))
        if left < right {
            let (raised, isTooBig) = units.multipliedReportingOverflow(by: PowersOfTen.int128[right - left])
            if !isTooBig { return raised > other.units }
        } else {
            let (raised, isTooBig) = other.units.multipliedReportingOverflow(
                by: PowersOfTen.int128[left - right]
            )
            if !isTooBig { return units > raised }
        }
        return self > other
    }

    /// The amount of which `self` is the share `fraction`, rounded down.
    func undoing(_ fraction: Ratio) throws(NumberError) -> Money {
        guard !fraction.isZero else { throw .dividedByZero }
        let (raised, isTooBig) = units.multipliedReportingOverflow(
            by: PowersOfTen.int128[Int(fraction.scale)]
        )
        guard !isTooBig else { throw .overflow }
        return Money(units: raised.divided(by: Int128(fraction.units), .down), scale: scale)
    }
}
