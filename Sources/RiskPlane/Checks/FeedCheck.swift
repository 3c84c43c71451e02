import Contracts

/// Nothing is decided on data that is stale, being rebuilt or has never come.
enum FeedCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        let state = proposal.facts.feed
        let value = CheckFigure.text(state?.rawValue ?? "unknown")
        guard state == .fresh else {
            throw Refusal(
                .feed,
                value: value,
                limit: "fresh",
                reason: "the market data of \(proposal.intent.instrument) is \(value)"
            )
        }
        return CheckVerdict(check: .feed, value: value, limit: "fresh")
    }
}
