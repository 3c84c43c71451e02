import Contracts

/// Nothing is entered that is to pay much funding soon.
enum FundingCostCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        guard let fraction = book.limits.fundingCostMax else { return .off(.fundingCost) }
        if proposal.isReducing { return .exempt(.fundingCost) }
        guard let funding = proposal.facts.funding else {
            guard book.limits.fundingRequiresRate, proposal.facts.rules?.paysFunding == true else {
                return CheckVerdict(check: .fundingCost, value: "none", limit: .ratio(fraction))
            }
            throw Refusal(
                .fundingCost,
                value: "unknown",
                limit: .ratio(fraction),
                reason: "the funding rate of \(proposal.intent.instrument) is not known"
            )
        }
        let count = funding.settlements(until: proposal.now + book.limits.fundingHorizonMilliseconds)
        let cost = try funding.cost(isLong: !proposal.target.isNegative, settlements: count)
        guard cost <= fraction else {
            throw Refusal(
                .fundingCost,
                value: .ratio(cost),
                limit: .ratio(fraction),
                reason: "\(count) settlements at \(funding.rate) cost \(cost) of the position"
            )
        }
        return CheckVerdict(check: .fundingCost, value: .ratio(cost), limit: .ratio(fraction))
    }
}

extension FundingOutlook {
    /// What a position pays, as a fraction of itself; below zero: is paid.
    func cost(isLong: Bool, settlements: Int) throws(NumberError) -> Ratio {
        let (units, isTooMuch) = rate.units.multipliedReportingOverflow(by: Int64(settlements))
        guard !isTooMuch else { throw .overflow }
        let cost = Ratio(units: units, scale: rate.scale)
        return isLong ? cost : try cost.negated()
    }
}
