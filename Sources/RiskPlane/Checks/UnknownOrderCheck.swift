import Contracts

/// Nothing is entered while nobody knows what became of an order.
enum UnknownOrderCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        if proposal.isReducing { return .exempt(.unknownOrder) }
        let count = proposal.unknownOrderCount
        guard count == 0 else {
            throw Refusal(
                .unknownOrder,
                value: .count(count),
                limit: .count(0),
                reason: "an order of \(proposal.intent.instrument) was sent and not answered"
            )
        }
        return CheckVerdict(check: .unknownOrder, value: .count(0), limit: .count(0))
    }
}
