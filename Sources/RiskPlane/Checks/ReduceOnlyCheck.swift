import Contracts

/// What passes the limits because it reduces must do so whatever becomes of the orders under way.
enum ReduceOnlyCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        let value = CheckFigure.quantity(proposal.target)
        guard proposal.isReducing else {
            return CheckVerdict(check: .reduceOnly, value: value, limit: "exits only")
        }
        let (target, reach) = (proposal.target, proposal.reach)
        let limit = CheckFigure.quantity(target.isNegative ? reach.moveUpper : reach.moveLower)
        guard reach.staysReducing(to: target) else {
            throw Refusal(
                .reduceOnly,
                value: value,
                limit: limit,
                reason:
                    "orders under way leave as little as \(limit); holding \(target) after them is an entry"
            )
        }
        return CheckVerdict(check: .reduceOnly, value: value, limit: limit)
    }
}
