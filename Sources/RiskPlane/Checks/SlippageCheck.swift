import Contracts

/// An entry is no bigger than what the book offers near its middle.
enum SlippageCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        guard let fraction = book.limits.slippageMax else { return .off(.slippage) }
        if proposal.isReducing { return .exempt(.slippage) }
        let step = try proposal.step
        let side: Side = step.isNegative ? .sell : .buy
        let offer = try book.instruments[proposal.place].offer(to: side, within: fraction)
        guard let offer, let rules = proposal.facts.rules else {
            guard book.limits.slippageRequiresBook else { return .off(.slippage) }
            throw Refusal(
                .slippage,
                value: "unknown",
                limit: .ratio(fraction),
                reason: "no usable book of \(proposal.intent.instrument) is known"
            )
        }
        let value = CheckFigure.quantity(try step.magnitude)
        guard try step.magnitude > offer else {
            return CheckVerdict(check: .slippage, value: value, limit: .quantity(offer))
        }
        guard try proposal.shrinkStep(to: offer.rounded(toMultipleOf: rules.quantityStep, .towardZero)) else {
            throw Refusal(
                .slippage,
                value: value,
                limit: .quantity(offer),
                reason: "the book offers \(offer) within \(fraction) of its middle"
            )
        }
        return CheckVerdict(check: .slippage, value: value, limit: .quantity(offer), isShrunk: true)
    }
}

extension InstrumentRecord {
    /// What an order of `side` finds within `fraction` of the middle; nil without a usable book.
    func offer(to side: Side, within fraction: Ratio) throws(NumberError) -> Quantity? {
        guard let book, let middle = book.mid else { return nil }
        let limit = try side == .buy ? middle.raised(by: fraction) : middle.lowered(by: fraction)
        return try book.quantity(against: side, to: limit)
    }
}
