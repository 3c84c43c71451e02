import Contracts

/// One position as the venue counts it, with what it cost where a liquidation price follows from that.
struct PaperPosition: Hashable, Codable {
    /// Signed.
    private(set) var quantity = Quantity.zero
    /// In quote asset, or of an inverse contract in base coin; signed like the quantity.
    private var cost = Money.zero
    /// Nil where the venue would not close it.
    private(set) var liquidationPrice: Price?

    /// What of it `side` can reduce.
    func reducible(by side: Side) throws(NumberError) -> Quantity {
        switch side {
        case .buy: quantity.isNegative ? try quantity.negated() : .zero
        case .sell: quantity.isPositive ? quantity : .zero
        }
    }

    /// Counts one execution.
    mutating func book(
        _ step: Quantity,
        at price: Price,
        _ category: Category,
        _ terms: PaperTerms,
        tick: Price
    ) throws(NumberError) {
        if terms.liquidates, category != .spot { try count(step, at: price, category) }
        quantity = try quantity.adding(step)
        liquidationPrice = try worthOfRuin(category, terms, tick: tick)
    }

    /// Takes over a position that is known from elsewhere.
    mutating func adopt(
        _ quantity: Quantity,
        entryPrice: Price?,
        _ category: Category,
        _ terms: PaperTerms,
        tick: Price
    ) throws(NumberError) {
        guard quantity != self.quantity else { return }
        var adopted = PaperPosition()
        if let entryPrice {
            try adopted.book(quantity, at: entryPrice, category, terms, tick: tick)
        } else {
            adopted.quantity = quantity
        }
        self = adopted
    }

    /// Whether the position is gone when its price is `price`.
    func isLiquidated(at price: Price) -> Bool {
        guard let liquidationPrice else { return false }
        return quantity.isNegative ? price >= liquidationPrice : price <= liquidationPrice
    }

    private mutating func count(_ step: Quantity, at price: Price, _ category: Category) throws(NumberError) {
        guard !quantity.isZero, step.isNegative != quantity.isNegative else {
            cost = try cost.adding(PaperTerms.value(of: step, at: price, category))
            return
        }
        let (part, whole) = try (step.magnitude, quantity.magnitude)
        if part < whole {
            cost = try cost.subtracting(cost.share(part, of: whole, places: PaperTerms.coinPlaces))
        } else {
            cost = try PaperTerms.value(of: quantity.adding(step), at: price, category)
        }
    }

    /// Where margin less loss is down to the maintenance margin; to the tick that comes first.
    ///
    /// With leverage L, maintenance rate m and entry price E: E (1 - 1/L + m) for a long position, E (1 + 1/L - m) for
    /// a short one; of an inverse contract E / (1 + 1/L - m) and E / (1 - 1/L + m).
    private func worthOfRuin(
        _ category: Category,
        _ terms: PaperTerms,
        tick: Price
    ) throws(NumberError) -> Price? {
        guard terms.liquidates, category != .spot, !quantity.isZero, !cost.isZero else { return nil }
        let isLong = quantity.isPositive
        let isInverse = category == .inverse
        let leverage = terms.leverage
        let maintained = try Ratio(
            narrowing: Money(units: Int128(leverage.units), scale: leverage.scale).times(
                terms.maintenanceRate
            )
        )
        // L - 1 + mL where the loss lies below in quote asset or above in base coin, else L + 1 - mL.
        let factor: Ratio =
            isLong != isInverse
            ? try leverage.subtracting(1).adding(maintained)
            : try leverage.adding(1).subtracting(maintained)
        let weighted = try cost.times(factor)
        let levered = quantity.times(leverage)
        return try Price(
            dividing: isInverse ? levered : weighted,
            by: isInverse ? weighted : levered,
            toMultipleOf: tick,
            isLong ? .up : .down
        )
    }
}

extension Ratio {
    fileprivate init(narrowing amount: Money) throws(NumberError) {
        guard amount.scale <= Self.scaleMax else { throw .tooFine }
        guard let units = Int64(exactly: amount.units) else { throw .overflow }
        self.init(units: units, scale: amount.scale)
    }
}

extension Price {
    /// The quotient of two amounts, rounded once to a multiple of `tick`; nil where that is not above zero.
    fileprivate init?(
        dividing amount: Money,
        by divisor: Money,
        toMultipleOf tick: Price,
        _ rule: FloatingPointRoundingRule
    ) throws(NumberError) {
        let shift = Int(divisor.scale) + Int(tick.scale) - Int(amount.scale)
        guard abs(shift) <= 38 else { throw .tooFine }
        let (raised, isTooBig) = amount.units.multipliedReportingOverflow(
            by: PowersOfTen.int128[max(0, shift)]
        )
        let (ticks, isTooBigToo) = divisor.units.multipliedReportingOverflow(by: Int128(tick.units))
        let (lowered, isTooBigAsWell) = ticks.multipliedReportingOverflow(
            by: PowersOfTen.int128[max(0, -shift)]
        )
        guard !isTooBig, !isTooBigToo, !isTooBigAsWell else { throw .overflow }
        guard lowered != 0 else { throw .dividedByZero }
        let count = raised.divided(by: lowered, rule)
        let (units, isTooBigAtLast) = count.multipliedReportingOverflow(by: Int128(tick.units))
        guard !isTooBigAtLast, let narrow = Int64(exactly: units) else { throw .overflow }
        guard narrow > 0 else { return nil }
        self.init(units: narrow, scale: tick.scale)
    }
}
