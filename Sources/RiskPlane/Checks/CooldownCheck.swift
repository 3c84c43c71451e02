import Contracts

/// Between two approvals of one instrument and strategy some time passes; what reduces need not wait.
enum CooldownCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        let limit = book.limits.cooldownMilliseconds
        guard let last = proposal.approved else {
            return CheckVerdict(check: .cooldown, value: "first", limit: .milliseconds(limit))
        }
        let elapsed = proposal.now - last
        guard elapsed >= limit || proposal.isReducing else {
            throw Refusal(
                .cooldown,
                value: .milliseconds(elapsed),
                limit: .milliseconds(limit),
                reason: "approved \(elapsed) ms ago; \(limit - elapsed) ms to wait"
            )
        }
        return CheckVerdict(check: .cooldown, value: .milliseconds(elapsed), limit: .milliseconds(limit))
    }
}
