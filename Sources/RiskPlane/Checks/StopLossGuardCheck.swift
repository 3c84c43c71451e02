import Contracts

/// After so many stop losses of an instrument, or of all, nothing is entered for a time.
enum StopLossGuardCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        let (countMax, totalMax) = (book.limits.stopLossesMax, book.limits.stopLossesTotalMax)
        guard countMax != nil || totalMax != nil else { return .off(.stopLossGuard) }
        if !proposal.isReducing, let lock = proposal.facts.stopLossLock, proposal.now < lock {
            return try forbid(&proposal, countMax, "\(proposal.intent.instrument)", until: lock)
        }
        if !proposal.isReducing, let lock = book.stopLosses.lock, proposal.now < lock {
            return try forbid(&proposal, totalMax, "all instruments", until: lock)
        }
        return CheckVerdict(check: .stopLossGuard, value: "none", limit: .count(countMax ?? totalMax ?? 0))
    }

    private static func forbid(
        _ proposal: inout Proposal,
        _ countMax: Int?,
        _ whose: String,
        until lock: UnixMilliseconds
    ) throws -> CheckVerdict {
        let count = CheckFigure.count(countMax ?? 0)
        return try proposal.forbidEntry(.stopLossGuard, value: count, limit: count) {
            "\(count) stop losses of \(whose); \(lock - $0.now) ms to wait"
        }
    }
}
