import Contracts

/// Which position is meant: in hedge mode an instrument has two.
struct PositionKey: Hashable {
    let instrument: Instrument
    let index: PositionIndex
}

/// Positions as the fills make them; a position is known once the books have stated it, or from the journal's start.
struct HeldPositions {
    private var quantities: [PositionKey: Quantity] = [:]

    func quantity(of key: PositionKey, _ place: EventPlace) -> Quantity? {
        quantities[key] ?? (place.isWhole ? .zero : nil)
    }

    /// Takes the books' word where nothing is known yet.
    mutating func state(_ update: PositionUpdate) {
        let key = PositionKey(instrument: update.instrument, index: update.positionIndex)
        if quantities[key] == nil { quantities[key] = update.quantity }
    }

    /// Books a fill; the position before and after it, nil where it is not known.
    mutating func book(
        _ fill: Fill,
        of order: OrderEvent,
        _ place: EventPlace
    ) -> (before: Quantity, after: Quantity)? {
        let key = PositionKey(instrument: order.instrument, index: order.positionIndex)
        guard let before = quantity(of: key, place),
            let after = try? before.adding(fill.quantity.signed(order.side))
        else { return nil }
        quantities[key] = after
        return (before, after)
    }

    /// Whether an order can only bring its position nearer to zero; nil where that is not known.
    func isReducing(_ order: OrderEvent, _ place: EventPlace) -> Bool? {
        if order.isReduceOnly || order.purpose != .move { return true }
        let key = PositionKey(instrument: order.instrument, index: order.positionIndex)
        guard let held = quantity(of: key, place) else { return nil }
        guard held.isPositive == (order.side == .sell), !held.isZero else { return false }
        return order.quantity <= held.size
    }
}

extension Quantity {
    /// Without its sign; of the one number that has no such figure, the largest one.
    var size: Quantity { (try? magnitude) ?? Quantity(units: .max, scale: scale) }

    /// The same with the sign of a side.
    fileprivate func signed(_ side: Side) throws(NumberError) -> Quantity {
        side == .buy ? self : try negated()
    }
}
