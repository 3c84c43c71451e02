import Contracts

/// An intent that has outlived its own time is nobody's wish any more.
enum ExpiryCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        let (left, isTooFar) = proposal.intent.expires.subtractingReportingOverflow(proposal.now)
        let value = CheckFigure.milliseconds(isTooFar ? .max : left)
        guard proposal.now < proposal.intent.expires else {
            throw Refusal(
                .intentExpired,
                value: value,
                limit: .milliseconds(1),
                reason: "expired \(proposal.now - proposal.intent.expires) ms ago"
            )
        }
        return CheckVerdict(check: .intentExpired, value: value, limit: .milliseconds(1))
    }
}
