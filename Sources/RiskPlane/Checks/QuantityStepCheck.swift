import Contracts

/// What is left must be an order that the exchange takes: whole steps, and not too small.
enum QuantityStepCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        guard let rules = proposal.facts.rules else {
            throw refusal("unknown", limit: "known", "the quantity step is not known")
        }
        let wanted = proposal.target
        try proposal.roundStep(to: rules.quantityStep)
        let quantity = proposal.size
        if quantity.isZero { return try holdVerdict(&proposal, wanted: wanted, rules) }
        guard quantity >= rules.quantityMin else {
            throw refusal(
                .quantity(quantity),
                limit: .quantity(rules.quantityMin),
                "the order would be smaller than the exchange's least quantity"
            )
        }
        let reference = proposal.intent.referencePrice
        let notional = quantity.times(proposal.intent.instrument.unitWorth(at: reference))
        if let least = rules.notionalMin, !proposal.isReducing, least.isAbove(notional) {
            throw refusal(
                .money(notional),
                limit: .money(least),
                "the order would be worth less than the exchange's least notional"
            )
        }
        return CheckVerdict(
            check: .quantityStep,
            value: .quantity(quantity),
            limit: .quantity(rules.quantityStep)
        )
    }

    /// Nothing to trade: fine where the position is as near to the wish as the step allows.
    private static func holdVerdict(
        _ proposal: inout Proposal,
        wanted: Quantity,
        _ rules: TradingRules
    ) throws -> CheckVerdict {
        // What could not be computed is not little, and the next check says so.
        let isNothing = wanted.isZero && proposal.held.isZero && proposal.others.isZero
        if isNothing, !proposal.intent.target.isZero, proposal.failure == nil {
            throw refusal(
                .money(proposal.intent.target),
                limit: .quantity(rules.quantityStep),
                "the exposure wanted is worth less than one step of \(proposal.intent.instrument)"
            )
        }
        return CheckVerdict(check: .quantityStep, value: .quantity(0), limit: .quantity(rules.quantityStep))
    }

    private static func refusal(_ value: CheckFigure, limit: CheckFigure, _ reason: String) -> Refusal {
        Refusal(.quantityStep, value: value, limit: limit, reason: reason)
    }
}
