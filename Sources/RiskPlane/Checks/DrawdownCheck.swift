import Contracts

/// After the account has fallen too far from its best nothing is entered, until the operator has looked.
enum DrawdownCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        try proposal.obey(
            book.halts[.drawdown],
            .drawdown,
            value: .money(book.watch.fall),
            limit: book.limits.drawdownMax.map(CheckFigure.ratio)
        )
    }
}
