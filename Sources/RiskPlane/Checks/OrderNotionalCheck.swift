import Contracts

/// One order is worth no more than its limit; a bigger one is made smaller.
enum OrderNotionalCheck {
    static func ask(_ proposal: inout Proposal) throws -> CheckVerdict {
        let limit = try limit(for: proposal)
        let asked = try proposal.step.magnitude.times(proposal.worstPrice)
        if !proposal.isReducing {
            guard try proposal.shrinkStep(to: proposal.quantity(for: limit)) else {
                throw Refusal(
                    .orderNotional,
                    value: "\(asked)",
                    limit: "\(limit)",
                    reason: "not even one step of \(proposal.intent.instrument) fits into one order"
                )
            }
        }
        return CheckVerdict(check: .orderNotional, value: "\(asked)", limit: "\(limit)")
    }

    private static func limit(for proposal: Proposal) throws -> Money {
        let limit = proposal.limits.orderNotionalMax
        guard proposal.book.volatility[proposal.intent.instrument] == .high else { return limit }
        return try limit.times(proposal.limits.highVolatilityShare)
    }
}
