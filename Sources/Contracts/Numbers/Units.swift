/// Marks ``Price``.
@frozen @usableFromInline package enum PriceKind: Sendable {}
/// Marks ``Quantity``.
@frozen @usableFromInline package enum QuantityKind: Sendable {}
/// Marks ``Ratio``.
@frozen @usableFromInline package enum RatioKind: Sendable {}

/// A price: units of the quote asset per unit of the base asset (inverse contracts: USD per coin).
@usableFromInline package typealias Price = Decimal64<PriceKind>

/// A quantity: units of the base asset (inverse contracts: contracts of 1 USD); signed where a side is meant.
@usableFromInline package typealias Quantity = Decimal64<QuantityKind>

/// A fraction without a unit: `0.0001` is one basis point; fee and funding rates, limits, leverage.
@usableFromInline package typealias Ratio = Decimal64<RatioKind>
