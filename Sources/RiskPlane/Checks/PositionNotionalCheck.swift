import Contracts

/// One position is worth no more than its limit; a bigger one is made smaller.
enum PositionNotionalCheck {
    static func ask(_ proposal: inout Proposal) throws -> CheckVerdict {
        let limit = proposal.limits.positionNotionalMax
        let asked = try proposal.target.magnitude.times(proposal.worstPrice)
        if !proposal.isReducing {
            guard try proposal.shrinkPosition(to: proposal.quantity(for: limit)) else {
                throw Refusal(
                    .positionNotional,
                    value: "\(asked)",
                    limit: "\(limit)",
                    reason: "the position of \(proposal.intent.instrument) is at its limit"
                )
            }
        }
        return CheckVerdict(check: .positionNotional, value: "\(asked)", limit: "\(limit)")
    }
}
