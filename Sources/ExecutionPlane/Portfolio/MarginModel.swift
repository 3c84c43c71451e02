import Contracts

/// What a position holds back of the account, and where the venue would close it by force.
///
/// - Units: margin in the settle coin; the liquidation price is that of a position with a margin of its own, at the
///   maintenance rate; the same model as the paper venue's.
/// - Source: `docs/accounting.md`.
struct MarginModel: Hashable {
    private let rate: Ratio
    /// Nil where none is set: then `rate` counts, and nothing is liquidated.
    private let leverage: Quantity?
    /// L - 1 + mL, by which a price is multiplied or divided where the loss lies below it.
    private let below: Ratio?
    /// L + 1 - mL, the same for a loss above.
    private let above: Ratio?

    init(rate: Ratio, leverage: Ratio, maintenanceRate: Ratio) {
        self.rate = rate
        self.leverage = leverage.isPositive ? Quantity(units: leverage.units, scale: leverage.scale) : nil
        let kept = Self.ratio(maintenanceRate.times(leverage))
        below = kept.flatMap { try? leverage.subtracting(1).adding($0) }
        above = kept.flatMap { try? leverage.adding(1).subtracting($0) }
    }

    /// The margin of a position worth `value`, without its sign; what is owned outright holds back all it is worth.
    func margin(of value: Money, _ kind: ContractKind) throws(NumberError) -> Money {
        let notional = try value.magnitude
        guard kind != .spot else { return notional }
        if let leverage { return try notional.share(1, of: leverage, places: kind.places) }
        return rate.units == 1 && rate.scale == 0 ? notional : try notional.times(rate)
    }

    /// Nil without leverage, for what is owned outright, and where no price would use the margin up.
    func liquidationPrice(entry: Price, isLong: Bool, _ kind: ContractKind) -> Price? {
        let isInverse = kind == .inverse
        guard kind != .spot, let leverage, let factor = isLong != isInverse ? below : above, factor.isPositive
        else { return nil }
        let price =
            isInverse
            ? try? entry.times(leverage).per(
                Quantity(units: factor.units, scale: factor.scale),
                places: entry.scale
            )
            : try? entry.times(factor).per(leverage, places: entry.scale)
        return price.flatMap { $0.isPositive ? $0 : nil }
    }

    private static func ratio(_ amount: Money) -> Ratio? {
        guard let units = Int64(exactly: amount.units), amount.scale <= Ratio.scaleMax else { return nil }
        return Ratio(units: units, scale: amount.scale)
    }
}
