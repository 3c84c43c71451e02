import Contracts

/// While halted, without a known account or a journal that is kept, only what reduces a position passes.
///
/// The halts that have a check of their own are named by it.
enum HaltedCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        try proposal.obey(
            book.halts.list.first { isAsked($0.kind) },
            .halted,
            value: book.equity.map(CheckFigure.money) ?? "unknown",
            limit: .money(book.limits.equityMin)
        )
    }

    private static func isAsked(_ kind: RiskHalt.Kind) -> Bool {
        switch kind {
        case .noAccount, .equityMin, .liquidation, .stateLost, .journal: true
        case .dailyLoss, .drawdown, .runaway: false
        }
    }
}
