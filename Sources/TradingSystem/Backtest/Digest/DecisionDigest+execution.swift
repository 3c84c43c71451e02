import Contracts

extension DecisionDigest {
    package mutating func note(_ event: borrowing VenueReport) {
        begin(9, event.meta)
        hash.add(event.instrument)
        hash.add(orders.ordinal(of: event.orderID?.rawValue))
        hash.add(event.venue)
        switch event.kind {
        case .accepted: hash.add(UInt64(1))
        case .rejected(let reason):
            hash.add(UInt64(2))
            hash.add(reason)
        case .filled(let fill):
            hash.add(UInt64(3))
            add(fill)
        case .cancelled(let reason):
            hash.add(UInt64(4))
            hash.add(reason)
        case .untriggered: hash.add(UInt64(5))
        case .triggered: hash.add(UInt64(6))
        case .amended(let price, let quantity):
            hash.add(UInt64(7))
            hash.add(price)
            hash.add(quantity)
        case .deactivated(let reason):
            hash.add(UInt64(8))
            hash.add(reason)
        case .liquidated(let fill, let side, let positionIndex):
            hash.add(UInt64(9))
            add(fill)
            hash.add(side)
            hash.add(positionIndex.rawValue)
        case .funding(let payment):
            hash.add(UInt64(10))
            add(payment)
        }
    }

    package mutating func note(_ event: borrowing ReconciliationReport) {
        begin(10, event.meta)
        hash.add(event.venue)
        for difference in event.differences {
            hash.add(difference.what)
            hash.add(difference.ours)
            hash.add(difference.venues)
            hash.add(difference.policy)
        }
    }

    package mutating func note(_ event: borrowing OrderEvent) {
        begin(11, event.meta)
        hash.add(orders.ordinal(of: event.orderID.rawValue))
        hash.add(event.instrument)
        hash.add(event.strategy.rawValue)
        hash.add(event.state)
        hash.add(event.side)
        hash.add(event.type == .market ? 1 : UInt64(2))
        hash.add(event.timeInForce)
        hash.add(event.limitPrice)
        hash.add(event.quantity)
        hash.add(event.filledQuantity)
        hash.add(event.isReduceOnly)
        if let trigger = event.trigger {
            hash.add(trigger.kind.rawValue)
            hash.add(trigger.price)
            hash.add(trigger.source.rawValue)
            hash.add(trigger.direction.rawValue)
        }
        hash.add(event.purpose)
        hash.add(event.positionIndex.rawValue)
        if let fill = event.fill { add(fill) }
        hash.add(event.reason)
    }

    private mutating func add(_ fill: Fill) {
        hash.add(executions.ordinal(of: fill.executionID))
        hash.add(fill.price)
        hash.add(fill.quantity)
        hash.add(fill.fee)
        hash.add(fill.liquidity == .maker ? 1 : UInt64(2))
    }

    private mutating func add(_ payment: FundingPayment) {
        hash.add(executions.ordinal(of: payment.executionID))
        hash.add(payment.positionIndex.rawValue)
        hash.add(payment.quantity)
        hash.add(payment.markPrice)
        hash.add(payment.rate)
        hash.add(payment.amount)
        hash.add(payment.time)
    }
}
