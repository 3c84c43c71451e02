import Contracts

/// Only a running system, paused or not, looks at intents at all.
enum LifecycleCheck {
    static func ask(_ proposal: inout Proposal) throws -> CheckVerdict {
        let value = proposal.book.lifecycle?.rawValue ?? "unknown"
        switch proposal.book.lifecycle {
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
