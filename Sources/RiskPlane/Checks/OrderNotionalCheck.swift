import Contracts

/// One order is worth no more than its limit; a bigger one is made smaller.
enum OrderNotionalCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        if proposal.isReducing { return .exempt(.orderNotional) }
        var limit = book.limits.orderNotionalMax
        if proposal.facts.volatility == .high { limit = try limit.times(book.limits.highVolatilityShare) }
        let asked = proposal.size.times(proposal.unitWorth)
        guard asked.isAbove(limit) else {
            return CheckVerdict(check: .orderNotional, value: .money(asked), limit: .money(limit))
        }
        guard try proposal.shrinkStep(to: proposal.quantity(for: limit)) else {
            throw Refusal(
                .orderNotional,
                value: .money(asked),
                limit: .money(limit),
                reason: "not even one step of \(proposal.intent.instrument) fits into one order"
            )
        }
        return CheckVerdict(check: .orderNotional, value: .money(asked), limit: .money(limit), isShrunk: true)
    }
}
