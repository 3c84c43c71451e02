import Contracts

/// An entry is no bigger than what the book offers near its middle.
enum SlippageCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        guard let fraction = book.limits.slippageMax else { return .off(.slippage) }
        if proposal.isReducing { return .exempt(.slippage) }
        let (side, size): (Side, Quantity) = (proposal.step.isNegative ? .sell : .buy, proposal.size)
        let offer = try book.instruments.values[proposal.place].offer(size, to: side, within: fraction)
        guard let offer, let rules = proposal.facts.rules else {
            guard book.limits.slippageRequiresBook else { return .off(.slippage) }
            throw Refusal(
                .slippage,
                value: "unknown",
                limit: .ratio(fraction),
                reason: "no usable book of \(proposal.intent.instrument) is known"
            )
        }
        guard size > offer else {
            return CheckVerdict(check: .slippage, value: .quantity(size), limit: .quantity(offer))
        }
        guard try proposal.shrinkStep(to: offer.rounded(toMultipleOf: rules.quantityStep, .towardZero)) else {
            throw Refusal(
                .slippage,
                value: .quantity(size),
                limit: .quantity(offer),
                reason: "the book offers \(offer) within \(fraction) of its middle"
            )
        }
        return CheckVerdict(
            check: .slippage,
            value: .quantity(size),
            limit: .quantity(offer),
            isShrunk: true
        )
    }
}

extension InstrumentRecord {
    /// What an order of `side` finds within `fraction` of the middle, looked for until there is `quantity` of it; nil
    /// without a usable book.
    fileprivate func offer(
        _ quantity: Quantity,
        to side: Side,
        within fraction: Ratio
    ) throws(NumberError) -> Quantity? {
        guard let book, let middle = book.mid else { return nil }
        let limit = try side == .buy ? middle.raised(by: fraction) : middle.lowered(by: fraction)
        var total = Quantity.zero
        for level in book.levels(against: side) {
            guard total < quantity, side == .buy ? level.price <= limit : level.price >= limit else { break }
            total = try total.adding(level.size)
        }
        return total
    }
}
