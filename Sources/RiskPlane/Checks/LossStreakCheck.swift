import Contracts

/// After so many losing round trips in a row nothing is entered for a time.
enum LossStreakCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        guard let countMax = book.limits.lossStreakMax else { return .off(.lossStreak) }
        let value = CheckFigure.count(book.streak.count)
        guard !proposal.isReducing, let lock = book.streak.lock, proposal.now < lock else {
            return CheckVerdict(check: .lossStreak, value: value, limit: .count(countMax))
        }
        return try proposal.forbidEntry(
            .lossStreak,
            value: value,
            limit: .count(countMax)
        ) { "\(value) losing round trips in a row; \(lock - $0.now) ms to wait" }
    }
}
