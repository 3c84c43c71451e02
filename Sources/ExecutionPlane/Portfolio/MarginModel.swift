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
    private let linearLong: Ratio?
    private let linearShort: Ratio?
    private let inverseLong: Quantity?
    private let inverseShort: Quantity?

    init(rate: Ratio, leverage: Ratio, maintenanceRate: Ratio) {
        self.rate = rate
        self.leverage = leverage.isPositive ? Quantity(units: leverage.units, scale: leverage.scale) : nil
        let exact = leverage.isPositive ? leverage : 1
        let kept = maintenanceRate.times(exact)
        linearLong = Self.figure { () throws(NumberError) in
            try exact.times(1 as Ratio).subtracting(1).adding(kept)
        }
        linearShort = Self.figure { () throws(NumberError) in
            try exact.times(1 as Ratio).adding(1).subtracting(kept)
        }
        inverseLong = Self.figure { () throws(NumberError) in
            try exact.times(1 as Ratio).adding(1).subtracting(kept)
        }
        inverseShort = Self.figure { () throws(NumberError) in
            try exact.times(1 as Ratio).subtracting(1).adding(kept)
        }
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
        guard let leverage, kind != .spot else { return nil }
        let price: Price?
        if kind == .inverse {
            guard let divisor = isLong ? inverseLong : inverseShort, divisor.isPositive else { return nil }
            price = try? entry.times(leverage).per(divisor, places: entry.scale)
        } else {
            guard let factor = isLong ? linearLong : linearShort else { return nil }
            price = try? entry.times(factor).per(leverage, places: entry.scale)
        }
        return price.flatMap { $0.isPositive ? $0 : nil }
    }

    private static func figure<Kind>(_ amount: () throws(NumberError) -> Money) -> Decimal64<Kind>? {
        guard let amount = try? amount(), let units = Int64(exactly: amount.units), amount.scale <= 18 else {
            return nil
        }
        return Decimal64(units: units, scale: amount.scale)
    }
}
