import Contracts

/// After the day has lost enough, realised and unrealised, nothing is entered until the next one begins.
enum DailyLossCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        try proposal.obey(
            book.halts[.dailyLoss],
            .dailyLoss,
            value: .money(book.watch.dayLoss),
            limit: book.watch.dayLossMax(book.limits).map(CheckFigure.money)
        )
    }
}
