import Contracts

/// How many decimal places an instrument's figures use: what its tick and step are where no rules tell.
package struct DataPlaces: Hashable, Sendable {
    package var price: UInt8
    /// Nil where the data tells no quantities.
    package var quantity: UInt8?

    package init(price: UInt8, quantity: UInt8?) {
        self.price = price
        self.quantity = quantity
    }

    /// The finer of both.
    func joined(_ other: DataPlaces) -> DataPlaces {
        let quantity: UInt8? =
            if let mine = self.quantity, let its = other.quantity { max(mine, its) } else {
                self.quantity ?? other.quantity
            }
        return DataPlaces(price: max(price, other.price), quantity: quantity)
    }

    mutating func note(price: Price, quantity: Quantity?) {
        self.price = max(self.price, price.usedPlaces)
        if let quantity { self.quantity = max(self.quantity ?? 0, quantity.usedPlaces) }
    }
}

extension Decimal64 {
    /// Decimal places without the zeros at their end.
    fileprivate var usedPlaces: UInt8 {
        var (units, scale) = (units, scale)
        while scale > 0, units % 10 == 0 { (units, scale) = (units / 10, scale - 1) }
        return scale
    }
}
