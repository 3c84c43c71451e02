import Contracts

/// Nothing is entered while best bid and ask are far apart.
enum SpreadCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        guard let fraction = book.limits.spreadMax else { return .off(.spread) }
        if proposal.isReducing { return .exempt(.spread) }
        guard let bid = proposal.facts.quote.bid, let ask = proposal.facts.quote.ask else {
            guard book.limits.spreadRequiresQuote else { return .off(.spread) }
            throw Refusal(
                .spread,
                value: "unknown",
                limit: .ratio(fraction),
                reason: "no bid and ask of \(proposal.intent.instrument) is known"
            )
        }
        let spread = try ask.subtracting(bid)
        // Twice the spread against the sum, instead of the spread against half of it.
        guard try !spread.times(Ratio(2)).isAbove(bid.adding(ask).times(fraction)) else {
            throw Refusal(
                .spread,
                value: .price(spread),
                limit: .ratio(fraction),
                reason: "bid \(bid) and ask \(ask) are further apart than \(fraction) of their middle"
            )
        }
        return CheckVerdict(check: .spread, value: .price(spread), limit: .ratio(fraction))
    }
}
