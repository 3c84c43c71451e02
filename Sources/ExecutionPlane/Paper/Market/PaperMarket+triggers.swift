import Contracts

/// Conditional orders: what fires them, and what firing does.
extension PaperMarket {
    /// Fires what the newest prices have reached, stops before take profits.
    mutating func fireReached(into reports: inout PaperReports) {
        for kind in [OrderTrigger.Kind.stop, .takeProfit] { fireReached(kind, into: &reports) }
    }

    /// Fires what the newest prices have reached of one kind.
    mutating func fireReached(_ kind: OrderTrigger.Kind, into reports: inout PaperReports) {
        var walk = walk()
        let prices = prices
        while let place = next(
            in: &walk,
            where: { order in
                guard order.stage == .untriggered, let trigger = order.trigger, trigger.kind == kind,
                    let watched = prices.watched(trigger.source)
                else { return false }
                return trigger.isReached(at: watched)
            }
        ) {
            fire(place, into: &reports)
        }
    }

    /// Makes an order of a conditional one; a stop and a take profit of one position are one-cancels-the-other.
    mutating func fire(_ place: Int, at base: Price? = nil, into reports: inout PaperReports) {
        var order = orders.remove(at: place)
        order.stage = .waiting
        reports.append(say(.triggered, of: order))
        if order.isClosing, let kind = order.trigger?.kind {
            var walk = walk()
            while let other = next(
                in: &walk,
                where: { other in
                    other.stage == .untriggered && other.isClosing && other.trigger?.kind != kind
                        && other.positionIndex == order.positionIndex && other.side == order.side
                }
            ) {
                let fired = kind == .stop ? "stop" : "take profit"
                end(other, "the \(fired) of the position was triggered", into: &reports)
            }
        }
        if order.type == .limit { reports.append(say(.accepted, of: order)) }
        work(order, at: base, into: &reports)
    }
}
