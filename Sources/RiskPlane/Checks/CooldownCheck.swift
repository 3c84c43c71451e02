import Contracts

/// Between two approvals of one instrument and strategy some time passes; what reduces need not wait.
enum CooldownCheck {
    static func ask(_ proposal: inout Proposal) throws -> CheckVerdict {
        let limit = proposal.limits.cooldownMilliseconds
        let seat = RiskBook.Seat(instrument: proposal.intent.instrument, strategy: proposal.intent.strategy)
        guard let last = proposal.book.approvals[seat] else {
            return CheckVerdict(check: .cooldown, value: "first", limit: "\(limit) ms")
        }
        let elapsed = proposal.now - last
        guard elapsed >= limit || proposal.isReducing else {
            throw Refusal(
                .cooldown,
                value: "\(elapsed) ms",
                limit: "\(limit) ms",
                reason: "approved \(elapsed) ms ago; \(limit - elapsed) ms to wait"
            )
        }
        return CheckVerdict(check: .cooldown, value: "\(elapsed) ms", limit: "\(limit) ms")
    }
}
