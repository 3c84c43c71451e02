import Contracts

/// Nothing is entered after a strategy has run away, until the operator has looked.
enum RunawayCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        let halt = book.halts[.runaway]
        return try proposal.obey(
            halt,
            .runaway,
            value: halt == nil ? "none" : "halted",
            limit: book.limits.runawayApprovalsMax.map(CheckFigure.count)
        )
    }
}
