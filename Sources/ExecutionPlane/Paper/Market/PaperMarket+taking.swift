import Contracts

/// What an order takes from the market, and what becomes of the rest.
extension PaperMarket {
    /// Lets an order trade with what is there; the rest of it rests, waits or ends.
    ///
    /// `base` is the market's price where it is not that of now: a stop fires within a bar.
    mutating func work(_ arrived: PaperOrder, at base: Price? = nil, into reports: inout PaperReports) {
        var order = arrived
        do throws(NumberError) {
            if order.timeInForce == .postOnly, order.type == .limit {
                guard !takesLiquidity(order) else {
                    let reason = "a post-only order would take liquidity"
                    return reports.append(say(.cancelled(reason: reason), of: order))
                }
                return try rest(order, into: &reports)
            }
            if base == nil, standsApart(order) { return try rest(order, into: &reports) }
            guard let match = try match(order, at: base) else {
                order.stage = .waiting
                return line(up: order)
            }
            if order.timeInForce == .fillOrKill, match.filled < order.open {
                let reason = "not all of it could be filled"
                return reports.append(say(.cancelled(reason: reason), of: order))
            }
            for fill in try fill(&order, with: match.parts, .taker) { reports.append(fill) }
            if terms.mode == .book { book?.takeOff(match, order.side) }
            if order.open.isPositive {
                if order.isImmediate {
                    let reason = "no more liquidity inside the limit"
                    reports.append(say(.cancelled(reason: reason), of: order))
                } else {
                    try rest(order, into: &reports)
                }
            }
            if match.filled.isPositive { settle(order.positionIndex, into: &reports) }
        } catch {
            let reason = "a figure cannot be computed exactly: \(error)"
            reports.append(say(.cancelled(reason: reason), of: order))
        }
    }

    /// Books the parts, all of them or none, and gives the reports of them.
    mutating func fill(
        _ order: inout PaperOrder,
        with parts: ContiguousArray<PaperMatch.Part>,
        _ liquidity: Liquidity
    ) throws(NumberError) -> PaperReports {
        guard !parts.isEmpty else { return [] }
        var position = positions[order.positionIndex]
        var open = order.open
        var fills: PaperReports = []
        fills.reserveCapacity(parts.count)
        for part in parts {
            let step = try part.quantity.signed(order.side)
            try position.book(step, at: part.price, category, terms, tick: tick)
            open = try open.subtracting(part.quantity)
            let execution = PaperFill(
                side: order.side,
                positionIndex: order.positionIndex,
                price: part.price,
                quantity: part.quantity,
                fee: try terms.fee(part.quantity, part.price, liquidity, category),
                liquidity: liquidity
            )
            fills.append(
                PaperReport(
                    instrument: instrument,
                    orderID: order.id,
                    correlationID: order.correlationID,
                    content: .filled(execution)
                )
            )
        }
        order.open = open
        set(position, at: order.positionIndex)
        return fills
    }

    /// Sets a position that this venue has moved.
    mutating func set(_ position: PaperPosition, at index: PositionIndex) {
        positions[index] = position
        moved[index] = true
        isAtRisk = positions.contains { $0.liquidationPrice != nil }
    }

    /// How much of an order may be filled: what closes a position never goes through zero.
    func capacity(of order: PaperOrder) throws(NumberError) -> Quantity {
        guard order.isClosing else { return order.open }
        return min(order.open, try positions[order.positionIndex].reducible(by: order.side))
    }

    /// Leaves an order on the book, behind what stands at its price.
    mutating func rest(_ order: PaperOrder, into reports: inout PaperReports) throws(NumberError) {
        var order = order
        order.stage = .resting
        if terms.mode == .book, let price = order.limitPrice, let size = book?.size(at: price, order.side) {
            try order.queue.see(size, at: 0)
        }
        line(up: order)
        if order.isClosing { settle(order.positionIndex, into: &reports) }
    }

    /// What the market offers an order now; nil where the venue cannot tell yet.
    private func match(_ order: PaperOrder, at base: Price?) throws(NumberError) -> PaperMatch? {
        let price: Price
        switch terms.mode {
        case .book:
            guard let book, !book.isCrossed else { return nil }
            return try PaperMatch(order.side, capacity(of: order), limit: order.limitPrice, on: book)
        case .trades:
            guard let last = base ?? prices.last else { return PaperMatch() }
            price = last
        case .candles:
            guard let open = base ?? bar.openPrice else { return nil }
            price = open
        }
        let (paid, most) = try (terms.slipped(price, order.side), capacity(of: order))
        return order.allows(paid) && most.isPositive ? PaperMatch(most, at: paid) : PaperMatch()
    }

    /// Whether a limit order would trade at once with what stands on the other side.
    private func takesLiquidity(_ order: PaperOrder) -> Bool {
        guard terms.mode == .book else { return prices.last.map(order.isPassed) ?? false }
        guard let touch = order.side == .buy ? book?.bestAsk : book?.bestBid else { return false }
        return order.allows(touch.price)
    }

    /// Whether an order may rest at once between two bars, since its price is away from the market's.
    private func standsApart(_ order: PaperOrder) -> Bool {
        guard terms.mode == .candles, bar.openPrice == nil, !order.isImmediate, let last = prices.last else {
            return false
        }
        return !order.allows(last)
    }
}
