import Contracts

extension DecisionDigest {
    package mutating func note(_ event: borrowing ApprovedIntent) {
        begin(6, event.meta)
        hash.add(event.instrument)
        hash.add(event.strategy.rawValue)
        hash.add(event.targetQuantity)
        hash.add(event.referencePrice)
        hash.add(event.limitPrice)
        hash.add(event.slippageMax)
        hash.add(event.expires, from: event.meta.ts)
        hash.add(event.isShrunk)
        hash.add(event.style)
        hash.add(event.stop)
        hash.add(event.takeProfit)
        // How far the machine's clock is off is the machine's affair.
        let verdicts = event.verdicts.span
        for index in verdicts.indices where verdicts[index].check != .clock { hash.add(verdicts[index]) }
    }

    package mutating func note(_ event: borrowing RejectedIntent) {
        begin(7, event.meta)
        hash.add(event.instrument)
        hash.add(event.strategy.rawValue)
        hash.add(event.failed)
        hash.add(event.reason)
    }

    package mutating func note(_ event: borrowing RiskState) {
        begin(8, event.meta)
        for halt in event.halts {
            hash.add(halt.kind.rawValue)
            hash.add(halt.why)
            hash.add(halt.since, from: event.meta.ts)
            hash.add(halt.until, from: event.meta.ts)
        }
        hash.add(event.grossNotional)
        hash.add(event.grossNotionalMax)
        hash.add(event.netNotional)
        hash.add(event.equity)
        hash.add(event.equityPeak)
        hash.add(event.drawdown)
        hash.add(event.dayLoss)
        hash.add(event.dayLossMax)
        hash.add(event.lossStreak)
        for rejection in event.rejections {
            hash.add(rejection.check)
            hash.add(rejection.count)
        }
    }
}
