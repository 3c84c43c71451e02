import Contracts

/// All positions together are worth no more than their limit, approved but unfilled ones at their worst.
enum GrossNotionalCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        if proposal.isReducing { return .exempt(.grossNotional) }
        let limit = book.limits.grossNotionalMax
        return try proposal.keepPosition(
            within: limit.subtracting(proposal.elsewhere.gross),
            .grossNotional,
            used: proposal.elsewhere.gross,
            limit: limit
        ) { "the other positions leave no room for \($0.intent.instrument)" }
    }
}
