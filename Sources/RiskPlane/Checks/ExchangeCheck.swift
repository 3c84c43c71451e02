import Contracts

/// Nothing is entered while the exchange is in maintenance, or shortly before and after it.
enum ExchangeCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        if proposal.isReducing { return .exempt(.exchange) }
        let margin = book.limits.maintenanceMarginMilliseconds
        guard let notice = book.maintenance.notice(at: proposal.now, margin: margin) else {
            return CheckVerdict(check: .exchange, value: "open", limit: "open")
        }
        return try proposal.forbidEntry(
            .exchange,
            value: notice.isOngoing ? "ongoing" : "scheduled",
            limit: "open"
        ) { _ in "the exchange has announced maintenance: \(notice.title)" }
    }
}
