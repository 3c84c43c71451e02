import Contracts

/// All positions together are worth no more than their limit, approved but unfilled ones at their worst.
enum GrossNotionalCheck {
    static func ask(_ proposal: inout Proposal) throws -> CheckVerdict {
        let limit = proposal.limits.grossNotionalMax
        let others = try proposal.book.grossNotional(leavingOut: proposal.intent.instrument, at: proposal.now)
        let asked = try others.adding(proposal.target.magnitude.times(proposal.worstPrice))
        if !proposal.isReducing {
            let room = try limit.subtracting(others)
            guard try proposal.shrinkPosition(to: proposal.quantity(for: room)) else {
                throw Refusal(
                    .grossNotional,
                    value: "\(asked)",
                    limit: "\(limit)",
                    reason: "the other positions leave no room for \(proposal.intent.instrument)"
                )
            }
        }
        return CheckVerdict(check: .grossNotional, value: "\(asked)", limit: "\(limit)")
    }
}
