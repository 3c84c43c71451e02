import Contracts

/// How a contract's value follows from quantity and price, and which way its profit runs.
///
/// - Units: the value is in the settle coin, signed like the quantity. Linear and spot: quantity × price, exact.
///   Inverse: quantity / price, rounded half to even at 18 decimal places, once; all sums on it are exact.
/// - Source: `docs/accounting.md`.
enum ContractKind: Hashable {
    case linear, inverse, spot

    init(_ category: Category) {
        switch category {
        case .inverse: self = .inverse
        case .spot: self = .spot
        case .linear, .option: self = .linear
        }
    }

    /// The decimal places at which a part of a cost, a value of an inverse contract and a margin are rounded.
    var places: UInt8 { self == .inverse ? 18 : 12 }

    func value(of quantity: Quantity, at price: Price) throws(NumberError) -> Money {
        guard self == .inverse else { return quantity.times(price) }
        guard price.isPositive else { throw .dividedByZero }
        // Both scales are at most 18, so the power exists.
        let (raised, wrapped) = Int128(quantity.units).multipliedReportingOverflow(
            by: PowersOfTen.int128[Int(18 + price.scale - quantity.scale)]
        )
        guard !wrapped else { throw .overflow }
        return Money(units: raised.divided(by: Int128(price.units), .toNearestOrEven), scale: 18)
    }

    /// What a position of this kind earns that cost `cost` and is now worth `value`, both signed like its quantity.
    ///
    /// A long inverse position gains while the coin that it is settled in loses.
    func profit(value: Money, cost: Money) throws(NumberError) -> Money {
        self == .inverse ? try cost.subtracting(value) : try value.subtracting(cost)
    }

    /// The price at which `quantity` would have cost `cost`, with up to `places` decimal places; nil where none is.
    ///
    /// Rounded half to even, for the eye and for the liquidation price: no sum is built on it.
    func averagePrice(of quantity: Quantity, cost: Money, places: UInt8) -> Price? {
        guard !quantity.isZero, !cost.isZero else { return nil }
        var places = places
        while true {
            if let price = try? price(of: quantity, cost: cost, places: places) { return price }
            // A figure too long for its type has fewer places instead.
            guard places > 0 else { return nil }
            places -= 1
        }
    }

    private func price(of quantity: Quantity, cost: Money, places: UInt8) throws(NumberError) -> Price {
        guard self == .inverse else { return try cost.per(quantity, places: places) }
        let exponent = Int(cost.scale) + Int(places) - Int(quantity.scale)
        guard exponent >= 0, exponent < PowersOfTen.int128.count else { throw .overflow }
        let (raised, wrapped) = Int128(quantity.units).multipliedReportingOverflow(
            by: PowersOfTen.int128[exponent]
        )
        guard !wrapped, let units = Int64(exactly: raised.divided(by: cost.units, .toNearestOrEven)) else {
            throw .overflow
        }
        return Price(units: units, scale: places)
    }
}
