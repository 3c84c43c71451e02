import Contracts

/// All positions together are worth no more than so many equities, and one no more than its instrument's leverage.
enum LeverageCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        guard let leverageMax = book.limits.leverageMax else { return .off(.leverage) }
        if proposal.isReducing { return .exempt(.leverage) }
        guard let equity = book.equity else {
            throw Refusal(
                .leverage,
                value: "unknown",
                limit: .ratio(leverageMax),
                reason: "the account's equity is not known"
            )
        }
        let limit = try equity.times(leverageMax)
        var room = try limit.subtracting(proposal.elsewhere.gross)
        if let own = proposal.facts.rules?.leverageMax { room = min(room, try equity.times(own)) }
        return try proposal.keepPosition(
            within: room,
            .leverage,
            used: proposal.elsewhere.gross,
            limit: limit
        ) { "with \($0.intent.instrument) the positions would be worth more than \(leverageMax) equities" }
    }
}
