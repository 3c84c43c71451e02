import Contracts

/// How much a strategy asks for when it wants all of its exposure.
package enum Sizing: Hashable, Codable, Sendable {
    /// In quote asset.
    case notional(Money)
    /// In base asset; the target is its value at the reference price, exactly.
    case quantity(Quantity)
    /// Of the account's equity.
    case equityFraction(Ratio)

    /// Finer than any equity needs to be, and coarse enough for a product with a price or a fraction to be exact.
    private static let equityPlaces: UInt8 = 18

    var needsEquity: Bool {
        if case .equityFraction = self { true } else { false }
    }

    /// The amount in quote asset, never above `most`; nil where the equity is not known, or is used up.
    func amount(at price: Price, equity: Money?, most: Money?) throws(NumberError) -> Money? {
        let whole: Money
        switch self {
        case .notional(let notional): whole = notional
        case .quantity(let quantity): whole = quantity.times(price)
        case .equityFraction(let fraction):
            guard let equity, equity > .zero else { return nil }
            whole = try equity.rounded(places: Self.equityPlaces).times(fraction)
        }
        guard let most else { return whole }
        return min(whole, most)
    }
}

extension Sizing: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notional(let notional): "notional \(notional)"
        case .quantity(let quantity): "quantity \(quantity)"
        case .equityFraction(let fraction): "equity_fraction \(fraction)"
        }
    }
}
