import Contracts

/// Every figure that was asked for could be computed exactly.
enum ArithmeticCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        if let failure = proposal.failure { throw refusal(failure.error, in: failure.check) }
        return CheckVerdict(check: .arithmetic, value: "exact", limit: "exact")
    }

    static func refusal(_ error: any Error, in check: RiskCheck) -> Refusal {
        Refusal(
            .arithmetic,
            value: .text(String(describing: error)),
            limit: "exact",
            reason: "a figure of \(check.rawValue) cannot be computed exactly: \(error)"
        )
    }
}
