import Contracts

/// One order is no bigger than the exchange takes, or a share of it; a bigger one is made smaller.
enum OrderSizeCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        guard let rules = proposal.facts.rules, let exchangeMax = rules.quantityMax else {
            return .off(.orderSize)
        }
        let most = try exchangeMax.part(book.limits.orderSizeShareMax, steps: rules.quantityStep)
        let size = proposal.size
        guard size > most else {
            return CheckVerdict(check: .orderSize, value: .quantity(size), limit: .quantity(most))
        }
        guard try proposal.shrinkStep(to: most) else {
            throw Refusal(
                .orderSize,
                value: .quantity(size),
                limit: .quantity(most),
                reason: "not even one step of \(proposal.intent.instrument) fits into one order"
            )
        }
        return CheckVerdict(check: .orderSize, value: .quantity(size), limit: .quantity(most), isShrunk: true)
    }
}

extension Quantity {
    /// The share of a quantity, rounded towards zero to whole steps.
    fileprivate func part(_ share: Ratio, steps step: Quantity) throws(NumberError) -> Quantity {
        if share == 1, isMultiple(of: step) { return self }
        return try times(share).quantity(at: 1, places: step.scale).rounded(toMultipleOf: step, .towardZero)
    }
}
