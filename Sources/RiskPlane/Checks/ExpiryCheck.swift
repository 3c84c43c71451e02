import Contracts

/// An intent that has outlived its own time is nobody's wish any more.
enum ExpiryCheck {
    static func ask(_ proposal: inout Proposal) throws -> CheckVerdict {
        let (now, expires) = (proposal.now, proposal.intent.expires)
        guard now < expires else {
            throw Refusal(
                .intentExpired,
                value: "\(now)",
                limit: "\(expires)",
                reason: "expired \(now - expires) ms ago"
            )
        }
        return CheckVerdict(check: .intentExpired, value: "\(now)", limit: "\(expires)")
    }
}
