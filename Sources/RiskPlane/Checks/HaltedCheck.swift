import Contracts

/// While halted, or without a known account, only what reduces a position passes.
enum HaltedCheck {
    static func ask(_ proposal: inout Proposal) throws -> CheckVerdict {
        let equity = proposal.book.equity?.description ?? "unknown"
        let limit = "equity above \(proposal.limits.equityMin)"
        if !proposal.isReducing, let why = proposal.book.haltReason(proposal.limits) {
            throw Refusal(.halted, value: equity, limit: limit, reason: "risk is halted: \(why)")
        }
        return CheckVerdict(check: .halted, value: equity, limit: limit)
    }
}
