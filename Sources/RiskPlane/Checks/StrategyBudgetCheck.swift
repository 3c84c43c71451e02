import Contracts

/// What one strategy holds on all instruments together is worth no more than its budget.
enum StrategyBudgetCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        if proposal.isReducing { return .exempt(.strategyBudget) }
        let strategy = proposal.intent.strategy
        guard let budget = book.limits.budget(of: strategy) else { return .off(.strategyBudget) }
        let elsewhere = try book.exposure(of: strategy, leavingOut: proposal.place)
        let room = try budget.subtracting(elsewhere)
        let own = try proposal.target.subtracting(proposal.others)
        let worth = try own.magnitude.times(proposal.unitWorth)
        let value = CheckFigure.money(try elsewhere.adding(worth))
        let isGrowing = try own.magnitude > proposal.share.magnitude
        guard isGrowing, worth.isAbove(room) else {
            return CheckVerdict(check: .strategyBudget, value: value, limit: .money(budget))
        }
        let most = try proposal.quantity(for: room)
        guard try proposal.shrink(to: proposal.others.adding(own.isNegative ? most.negated() : most)) else {
            throw Refusal(
                .strategyBudget,
                value: value,
                limit: .money(budget),
                reason: "the budget of \(strategy) is used up"
            )
        }
        return CheckVerdict(check: .strategyBudget, value: value, limit: .money(budget), isShrunk: true)
    }
}

extension RiskLimits {
    /// What a strategy may hold; nil where nobody asks.
    fileprivate func budget(of strategy: StrategyID) -> Money? {
        strategyBudgets.isEmpty ? strategyBudgetMax : strategyBudgets[strategy] ?? strategyBudgetMax
    }
}

extension RiskBook {
    /// What one strategy's shares on all instruments but one are worth.
    fileprivate func exposure(of strategy: StrategyID, leavingOut left: Int) throws(NumberError) -> Money {
        var sum = Money.zero
        for place in instruments.values.indices where place != left {
            let share = instruments.values[place].holding.quantity(of: strategy)
            if share.isZero { continue }
            guard let price = instruments.values[place].price else { throw .malformed }
            let worth = instruments.values[place].instrument.unitWorth(at: price)
            sum = try sum.adding(share.magnitude.times(worth))
        }
        return sum
    }
}
