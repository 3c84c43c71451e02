import Contracts

/// How candles fill orders: at the open by what is known then, within the bar by its low and high, the worse first.
extension PaperMarket {
    /// A bar has opened: everything is judged at its open, then what waited for it is filled.
    mutating func open(at price: Price, into reports: inout PaperReports) throws(NumberError) {
        try liquidateReached(at: price, into: &reports)
        fireReached(.stop, into: &reports)
        fillReached(low: price, high: price, at: price, isClosing: false, into: &reports)
        fireReached(.takeProfit, into: &reports)
        fillReached(low: price, high: price, at: price, isClosing: true, into: &reports)
        var walk = walk()
        while let place = next(in: &walk, where: { $0.stage == .waiting }) {
            work(orders.remove(at: place), into: &reports)
        }
    }

    /// A bar has closed: stops and liquidation by their distance from the open, then limits, then take profits.
    mutating func close(_ step: PaperBar.Step, into reports: inout PaperReports) throws(NumberError) {
        let (open, low, high) = (step.open, step.low, step.high)
        var walk = walk()
        while let (place, price) = nearestStop(in: walk, open: open, low: low, high: high) {
            if let ruined = ruin(low: low, high: high), isNearer(ruined.1, than: price, to: open) {
                try liquidate(ruined.0, into: &reports)
                walk = self.walk()
            } else {
                fire(place, at: price, into: &reports)
            }
        }
        while let ruined = ruin(low: low, high: high) { try liquidate(ruined.0, into: &reports) }
        fillReached(low: low, high: high, at: nil, isClosing: false, into: &reports)
        fireTakeProfits(open: open, low: low, high: high, into: &reports)
        fillReached(low: low, high: high, at: nil, isClosing: true, into: &reports)
    }

    /// Fills resting limits that the range has reached: at the open where that is beyond, else at their own price.
    private mutating func fillReached(
        low: Price,
        high: Price,
        at open: Price?,
        isClosing: Bool,
        into reports: inout PaperReports
    ) {
        var walk = walk()
        while let place = next(
            in: &walk,
            where: {
                $0.stage == .resting && $0.isClosing == isClosing && $0.allows($0.side == .buy ? low : high)
            }
        ) {
            fillResting(place, orders[place].open, at: open, into: &reports)
        }
    }

    /// The stop nearest to the open that the range has reached, with the price it fires at.
    private func nearestStop(in walk: Walk, open: Price, low: Price, high: Price) -> (Int, Price)? {
        var nearest: (Int, Price)?
        var walk = walk
        while let place = next(in: &walk, where: { $0.stage == .untriggered && $0.trigger?.kind == .stop }) {
            guard let price = firingPrice(orders[place], open: open, low: low, high: high) else { continue }
            if let found = nearest, !isNearer(price, than: found.1, to: open) { continue }
            nearest = (place, price)
        }
        return nearest
    }

    private mutating func fireTakeProfits(
        open: Price,
        low: Price,
        high: Price,
        into reports: inout PaperReports
    ) {
        var walk = walk()
        while let place = next(
            in: &walk,
            where: { $0.stage == .untriggered && $0.trigger?.kind == .takeProfit }
        ) {
            guard let price = firingPrice(orders[place], open: open, low: low, high: high) else { continue }
            fire(place, at: price, into: &reports)
        }
    }

    /// Where a conditional order fires within a bar: at its trigger, or at the open where that was beyond it.
    private func firingPrice(_ order: PaperOrder, open: Price, low: Price, high: Price) -> Price? {
        guard let trigger = order.trigger, prices.followsLast(trigger.source) else { return nil }
        switch trigger.direction {
        case .rises: return high >= trigger.price ? max(open, trigger.price) : nil
        case .falls: return low <= trigger.price ? min(open, trigger.price) : nil
        }
    }

    /// A position whose liquidation price the range has reached, with that price.
    private func ruin(low: Price, high: Price) -> (PositionIndex, Price)? {
        guard isAtRisk, prices.mark == nil else { return nil }
        for index in Self.indices {
            let position = positions[index]
            let worst = position.quantity.isNegative ? high : low
            if position.isLiquidated(at: worst), let price = position.liquidationPrice {
                return (index, price)
            }
        }
        return nil
    }

    private func isNearer(_ price: Price, than other: Price, to open: Price) -> Bool {
        do throws(NumberError) {
            return try price.subtracting(open).magnitude < other.subtracting(open).magnitude
        } catch {
            return false
        }
    }
}
