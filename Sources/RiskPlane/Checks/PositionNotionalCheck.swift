import Contracts

/// One position is worth no more than its limit; a bigger one is made smaller.
enum PositionNotionalCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        if proposal.isReducing { return .exempt(.positionNotional) }
        let limit = book.limits.positionNotionalMax
        return try proposal.keepPosition(within: limit, .positionNotional, limit: limit) {
            "the position of \($0.intent.instrument) is at its limit"
        }
    }
}
