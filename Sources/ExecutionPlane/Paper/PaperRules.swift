import Contracts

/// The exchange's rules that an order must obey before it is matched.
enum PaperRules {
    /// Why `order` is refused; nil where it may be matched on `book`.
    static func refusal(
        of order: borrowing OrderEvent,
        spec: InstrumentSpec?,
        feed: FeedHealth.State?,
        book: OrderBook?,
        position: Quantity
    ) -> String? {
        guard let spec else { return "instrument unknown" }
        guard spec.status == .trading else { return "instrument not trading: \(spec.status.rawValue)" }
        guard feed == .fresh else { return "market data not fresh: \(feed?.rawValue ?? "unknown")" }
        guard let book, book.isUsable, let touch = order.side == .buy ? book.bestAsk : book.bestBid else {
            return "no usable order book"
        }
        guard
            order.timeInForce == .immediateOrCancel || order.timeInForce == .fillOrKill
                || order.type == .market
        else { return "only orders that do not rest are taken: \(order.timeInForce.rawValue)" }
        if let why = quantityRefusal(of: order, spec) { return why }
        if order.type == .limit {
            guard let price = order.limitPrice, price.isPositive else { return "limit price missing" }
            guard price.isMultiple(of: spec.tickSize) else {
                return "price \(price) off the tick \(spec.tickSize)"
            }
        }
        if order.isReduceOnly {
            let reduces = order.side == .buy ? position.isNegative : position.isPositive
            return reduces ? nil : "reduce-only order would not reduce a position of \(position)"
        }
        let notional = order.quantity.times(order.limitPrice ?? touch.price)
        if let least = spec.notionalMin, notional < least { return "worth \(notional), least \(least)" }
        return nil
    }

    private static func quantityRefusal(of order: borrowing OrderEvent, _ spec: InstrumentSpec) -> String? {
        let quantity = order.quantity
        guard quantity.isMultiple(of: spec.quantityStep) else {
            return "quantity \(quantity) off the step \(spec.quantityStep)"
        }
        guard quantity >= spec.quantityMin, quantity.isPositive else {
            return "quantity \(quantity) below \(spec.quantityMin)"
        }
        if let most = spec.quantityMax, quantity > most { return "quantity \(quantity) above \(most)" }
        return nil
    }
}
