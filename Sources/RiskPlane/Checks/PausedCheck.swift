import Contracts

/// While paused nothing is approved, not even what would reduce a position.
enum PausedCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        guard !book.isPaused, book.lifecycle != .paused else {
            throw Refusal(
                .paused,
                value: "true",
                limit: "false",
                reason: "trading is paused by the operator"
            )
        }
        return CheckVerdict(check: .paused, value: "false", limit: "false")
    }
}
