import Contracts

/// Positions that are the same bet, because their instruments move together, are limited together.
enum CorrelationCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        guard let limit = book.limits.correlatedNotionalMax else { return .off(.correlation) }
        if proposal.isReducing { return .exempt(.correlation) }
        let wanted = proposal.notional
        // Where all positions together have room, nobody needs to know which of them are the same bet.
        guard try proposal.elsewhere.gross.adding(wanted).isAbove(limit) else {
            return CheckVerdict(check: .correlation, value: .money(wanted), limit: .money(limit))
        }
        let used = try book.sameBet(as: proposal)
        return try proposal.keepPosition(
            within: limit.subtracting(used),
            .correlation,
            used: used,
            limit: limit
        ) { "the positions that move with \($0.intent.instrument) leave no room for it" }
    }
}

extension RiskBook {
    /// What is exposed to the same move as the proposal, on all other instruments.
    ///
    /// Instruments of which too little is known to say count as the same.
    fileprivate func sameBet(as proposal: borrowing Proposal) throws(NumberError) -> Money {
        let isLong = !proposal.target.isNegative
        let least = limits.correlationMin.approximate
        let countMin = max(2, limits.correlationBars / 2)
        var sum = Money.zero
        for place in instruments.values.indices where place != proposal.place {
            let exposure = try exposure(at: place)
            guard !exposure.gross.isZero else { continue }
            let (long, short) = (max(exposure.upper, .zero), try min(exposure.lower, .zero).negated())
            let correlation = instruments.values[proposal.place].returns.correlation(
                with: instruments.values[place].returns,
                countMin: countMin
            )
            guard let correlation else {
                sum = try sum.adding(max(long, short))
                continue
            }
            if correlation >= least { sum = try sum.adding(isLong ? long : short) }
            if correlation <= -least { sum = try sum.adding(isLong ? short : long) }
        }
        return sum
    }
}
