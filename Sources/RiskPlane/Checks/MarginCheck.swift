import Contracts

/// The positions together hold back no more of the equity than they may.
enum MarginCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        guard let share = book.limits.marginShareMax else { return .off(.margin) }
        if proposal.isReducing { return .exempt(.margin) }
        guard let equity = book.equity, let rules = proposal.facts.rules else {
            throw Refusal(
                .margin,
                value: "unknown",
                limit: .ratio(share),
                reason: "the account's equity is not known"
            )
        }
        let limit = try equity.times(share)
        let used = proposal.elsewhere.margin
        let room = try limit.subtracting(used)
        let needed = try proposal.notional.times(rules.marginRate)
        let value = CheckFigure.money(try used.adding(needed))
        guard needed.isAbove(room) else {
            return CheckVerdict(check: .margin, value: value, limit: .money(limit))
        }
        guard try proposal.shrinkPosition(to: proposal.quantity(for: room.undoing(rules.marginRate))) else {
            throw Refusal(
                .margin,
                value: value,
                limit: .money(limit),
                reason: "the other positions hold back all the margin there may be"
            )
        }
        return CheckVerdict(check: .margin, value: value, limit: .money(limit), isShrunk: true)
    }
}
