import Contracts

/// The exchange's rules that an order must obey before it is taken.
enum PaperRules {
    /// Why `order` is refused; nil where it may be placed.
    static func refusal(of order: PaperOrder, in market: borrowing PaperMarket) -> String? {
        guard let rules = market.rules else { return "instrument unknown" }
        guard rules.status == .trading else { return "instrument not trading: \(rules.status.rawValue)" }
        if market.terms.mode == .book, order.trigger == nil, let why = feedRefusal(market) { return why }
        return shapeRefusal(of: order, rules) ?? quantityRefusal(of: order, rules)
            ?? positionRefusal(of: order, in: market)
            ?? worthRefusal(of: order, rules, in: market)
    }

    /// Why an order that stands may not become `order`.
    static func refusal(ofAmending order: PaperOrder, in market: borrowing PaperMarket) -> String? {
        guard let rules = market.rules else { return "instrument unknown" }
        return shapeRefusal(of: order, rules) ?? quantityRefusal(of: order, rules)
            ?? worthRefusal(of: order, rules, in: market)
    }

    private static func feedRefusal(_ market: borrowing PaperMarket) -> String? {
        guard market.feed == .fresh else {
            return "market data not fresh: \(market.feed?.rawValue ?? "unknown")"
        }
        guard let book = market.book, !book.isCrossed, book.bestBid != nil || book.bestAsk != nil else {
            return "no usable order book"
        }
        return nil
    }

    private static func shapeRefusal(of order: PaperOrder, _ rules: OrderRules) -> String? {
        let tick = rules.tick
        if order.type == .limit {
            guard let price = order.limitPrice, price.isPositive else { return "limit price missing" }
            guard price.isMultiple(of: tick) else { return "price \(price) off the tick \(tick)" }
        } else if order.timeInForce == .postOnly {
            return "a market order cannot be post-only"
        }
        guard let trigger = order.trigger else { return nil }
        guard trigger.price.isPositive else { return "trigger price missing" }
        return trigger.price.isMultiple(of: tick) ? nil : "trigger \(trigger.price) off the tick \(tick)"
    }

    private static func quantityRefusal(of order: PaperOrder, _ rules: OrderRules) -> String? {
        let quantity = order.quantity
        guard quantity.isMultiple(of: rules.step) else {
            return "quantity \(quantity) off the step \(rules.step)"
        }
        guard quantity >= rules.least, quantity.isPositive else {
            return "quantity \(quantity) below \(rules.least)"
        }
        if let most = rules.most, quantity > most { return "quantity \(quantity) above \(most)" }
        return nil
    }

    /// What closes must have something to close; spot sells no more than there is.
    private static func positionRefusal(of order: PaperOrder, in market: borrowing PaperMarket) -> String? {
        let isSpot = market.instrument.category == .spot
        if isSpot, order.positionIndex != .oneWay { return "spot has no hedge mode" }
        guard order.isClosing else { return nil }
        let position = market.positions[order.positionIndex]
        do throws(NumberError) {
            var free = try position.reducible(by: order.side)
            if isSpot, !order.isReduceOnly {
                for other in market.orders where other.isClosing && other.trigger == nil {
                    free = try free.subtracting(other.open)
                }
                return order.quantity > free ? "only \(free) there to sell" : nil
            }
            return free.isPositive
                ? nil : "reduce-only order would not reduce a position of \(position.quantity)"
        } catch {
            return "a figure cannot be computed exactly: \(error)"
        }
    }

    private static func worthRefusal(
        of order: PaperOrder,
        _ rules: OrderRules,
        in market: borrowing PaperMarket
    ) -> String? {
        guard !order.isReduceOnly, let least = rules.leastNotional else { return nil }
        let worth: Money
        if market.instrument.category == .inverse {
            // Contracts of 1 USD.
            worth = Money(units: Int128(order.quantity.units), scale: order.quantity.scale)
        } else {
            let stated = order.limitPrice ?? order.trigger?.price
            guard let price = stated ?? market.reference(for: order.side) else { return nil }
            worth = order.quantity.times(price)
        }
        return worth < least ? "worth \(worth), least \(least)" : nil
    }
}
