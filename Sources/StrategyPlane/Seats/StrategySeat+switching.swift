import Contracts

extension StrategySeat {
    /// Ends its decisions; what it holds is closed.
    mutating func switchOff(why: String) {
        isQuiet = false
        isEnabled = false
        offReason = why
        leave(why)
    }

    /// Puts another strategy, or the same anew, in this seat; what the old one held is closed.
    mutating func replace(with strategy: any Strategy, _ options: StrategyOptions, why: String) {
        isQuiet = false
        self.strategy = strategy
        self.options = options
        isEnabled = true
        isLeaving = false
        failure = nil
        leave(why)
    }

    /// Has the next bar obey a parameter that was changed.
    mutating func revise(resizes: Bool) {
        isQuiet = false
        isRevised = true
        if resizes, wanted?.exposure.isZero == false { isUnfinished = true }
    }

    mutating func obeyRevision() {
        isRevised = false
        guard wanted?.exposure.isNegative == true, !strategy.allowsShort else { return }
        strategy.wentFlat()
        wanted = .flat("it may be short no longer")
    }

    private mutating func leave(_ why: String) {
        wanted = .flat(why)
        isTurning = false
        awaitsAccount = false
        due = settled?.isZero == true && held.isZero && ask?.openOrders.isEmpty != false ? nil : .now
    }
}
