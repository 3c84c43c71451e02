import Contracts

extension DecisionDigest {
    package mutating func note(_ event: borrowing StrategyIntent) {
        begin(1, event.meta)
        hash.add(event.instrument)
        hash.add(event.strategy.rawValue)
        hash.add(event.version)
        hash.add(event.target)
        hash.add(event.referencePrice)
        hash.add(event.limitPrice)
        hash.add(event.slippageMax)
        hash.add(event.expires, from: event.meta.ts)
        hash.add(event.stop)
        hash.add(event.takeProfit)
        hash.add(event.style)
        hash.add(event.reason)
    }

    package mutating func note(_ event: borrowing StrategyState) {
        begin(2, event.meta)
        hash.add(event.instrument)
        hash.add(event.strategy.rawValue)
        hash.add(event.version)
        hash.add(event.phase.rawValue)
        hash.add(event.isEnabled)
        hash.add(event.why)
    }

    package mutating func note(_ event: borrowing StrategyOverrun) {
        // How long it took is the machine's affair.
        begin(3, event.meta)
        hash.add(event.instrument)
        hash.add(event.strategy.rawValue)
    }

    package mutating func note(_ event: borrowing ScenarioEnabled) {
        begin(4, event.meta)
        hash.add(event.instrument)
        hash.add(event.scenario.rawValue)
        hash.add(event.version)
        hash.add(event.stage.rawValue)
        hash.add(event.allocation)
        hash.add(event.rule.side)
        for condition in event.rule.conditions {
            hash.add(condition.feature)
            hash.add(condition.comparison.rawValue)
            hash.add(condition.threshold)
        }
        hash.add(event.rule.stopATR)
        hash.add(event.rule.takeProfitATR)
        hash.add(event.rule.holdBarsMax)
    }

    package mutating func note(_ event: borrowing ScenarioDisabled) {
        begin(5, event.meta)
        hash.add(event.scenario.rawValue)
        hash.add(event.why)
    }
}
