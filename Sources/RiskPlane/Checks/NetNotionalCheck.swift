import Contracts

/// Long less short, of all positions together, is worth no more than its limit either way.
enum NetNotionalCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        guard let limit = book.limits.netNotionalMax else { return .off(.netNotional) }
        if proposal.isReducing { return .exempt(.netNotional) }
        // What the others have the other way makes room.
        let used =
            try proposal.target.isNegative
            ? proposal.elsewhere.lower.negated() : proposal.elsewhere.upper
        return try proposal.keepPosition(
            within: limit.subtracting(used),
            .netNotional,
            used: used,
            limit: limit
        ) { "the other positions leave no room for \($0.intent.instrument) this way" }
    }
}
