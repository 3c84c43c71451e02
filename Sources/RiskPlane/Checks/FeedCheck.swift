import Contracts

/// Nothing is decided on data that is stale, being rebuilt or has never come.
enum FeedCheck {
    static func ask(_ proposal: inout Proposal) throws -> CheckVerdict {
        let instrument = proposal.intent.instrument
        let state = proposal.book.feeds[instrument]
        let value = state?.rawValue ?? "unknown"
        guard state == .fresh else {
            throw Refusal(
                .feed,
                value: value,
                limit: "fresh",
                reason: "the market data of \(instrument) is \(value)"
            )
        }
        return CheckVerdict(check: .feed, value: value, limit: "fresh")
    }
}
