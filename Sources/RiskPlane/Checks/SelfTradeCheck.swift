import Contracts

/// An entry never meets an own order that rests on the other side.
enum SelfTradeCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        guard book.limits.selfTradePrevented else { return .off(.selfTrade) }
        if proposal.isReducing { return .exempt(.selfTrade) }
        let isBuy = !proposal.step.isNegative
        let bound = proposal.fillBound
        guard let resting = isBuy ? proposal.restingAsk : proposal.restingBid else {
            return CheckVerdict(check: .selfTrade, value: .price(bound), limit: "none rests")
        }
        guard isBuy ? bound < resting : bound > resting else {
            throw Refusal(
                .selfTrade,
                value: .price(bound),
                limit: .price(resting),
                reason: "an own order rests at \(resting), where this one could meet it"
            )
        }
        return CheckVerdict(check: .selfTrade, value: .price(bound), limit: .price(resting))
    }
}
