import Contracts

/// Only a running system, paused or not, looks at intents at all.
enum LifecycleCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        let value = CheckFigure.text(book.lifecycle?.rawValue ?? "unknown")
        switch book.lifecycle {
        case .running, .paused: return CheckVerdict(check: .lifecycle, value: value, limit: "RUNNING")
        case .starting, .recovering, .stopping, .stopped, .failed, nil:
            throw Refusal(
                .lifecycle,
                value: value,
                limit: "RUNNING",
                reason: "the system is not running: \(value)"
            )
        }
    }
}
