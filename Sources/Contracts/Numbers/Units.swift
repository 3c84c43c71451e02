/// Marks ``Price``.
package enum PriceKind: Sendable {}
/// Marks ``Quantity``.
package enum QuantityKind: Sendable {}
/// Marks ``Ratio``.
package enum RatioKind: Sendable {}

/// A price: units of the quote asset per unit of the base asset (inverse contracts: USD per coin).
package typealias Price = Decimal64<PriceKind>

/// A quantity: units of the base asset (inverse contracts: contracts of 1 USD); signed where a side is meant.
package typealias Quantity = Decimal64<QuantityKind>

/// A fraction without a unit: `0.0001` is one basis point; fee and funding rates, limits, leverage.
package typealias Ratio = Decimal64<RatioKind>
