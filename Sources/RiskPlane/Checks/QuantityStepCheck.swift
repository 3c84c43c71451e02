import Contracts

/// What is left must be an order that the exchange takes: a multiple of the step, neither too small nor too big.
enum QuantityStepCheck {
    static func ask(_ proposal: inout Proposal) throws -> CheckVerdict {
        guard let spec = proposal.spec else {
            throw Refusal(
                .quantityStep,
                value: "unknown",
                limit: "known",
                reason: "the quantity step is not known"
            )
        }
        let wanted = proposal.target
        try proposal.roundStep(to: spec.quantityStep)
        if let most = spec.quantityMax {
            _ = try proposal.shrinkStep(to: most.floored(to: spec.quantityStep))
        }
        let quantity = try proposal.step.magnitude
        guard !quantity.isZero else { return try holdVerdict(proposal, wanted: wanted, spec) }
        guard quantity >= spec.quantityMin else {
            throw Refusal(
                .quantityStep,
                value: "\(quantity)",
                limit: "\(spec.quantityMin)",
                reason: "the order would be smaller than the exchange's least quantity"
            )
        }
        let notional = quantity.times(proposal.intent.referencePrice)
        if let least = spec.notionalMin, notional < least, !proposal.isReducing {
            throw Refusal(
                .quantityStep,
                value: "\(notional)",
                limit: "\(least)",
                reason: "the order would be worth less than the exchange's least notional"
            )
        }
        return CheckVerdict(check: .quantityStep, value: "\(quantity)", limit: "\(spec.quantityStep)")
    }

    /// Nothing to trade: fine where the position is as near to the wish as the step allows.
    private static func holdVerdict(
        _ proposal: Proposal,
        wanted: Quantity,
        _ spec: InstrumentSpec
    ) throws -> CheckVerdict {
        if wanted.isZero, proposal.held.isZero, !proposal.intent.target.isZero {
            throw Refusal(
                .quantityStep,
                value: "\(proposal.intent.target)",
                limit: "\(spec.quantityStep)",
                reason: "the exposure wanted is worth less than one step of \(proposal.intent.instrument)"
            )
        }
        return CheckVerdict(check: .quantityStep, value: "0", limit: "\(spec.quantityStep)")
    }
}

extension Quantity {
    func floored(to step: Quantity) throws(NumberError) -> Quantity {
        try rounded(toMultipleOf: step, .towardZero)
    }
}
