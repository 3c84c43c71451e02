import Contracts

/// One order that has been placed: what was asked, and where it stands.
struct PlacedOrder {
    let id: OrderID
    let instrument: Instrument
    let strategy: StrategyID
    let correlationID: CorrelationID?
    let plan: OrderPlan
    var machine: OrderMachine

    init(_ id: OrderID, for approved: borrowing ApprovedIntent, _ plan: OrderPlan) {
        self.id = id
        instrument = approved.instrument
        strategy = approved.strategy
        correlationID = approved.meta.correlationID
        self.plan = plan
        machine = OrderMachine(quantity: plan.quantity)
    }

    /// The order event of a step.
    func event(_ state: OrderState, fill: Fill? = nil, reason: String? = nil) -> OrderEvent {
        OrderEvent(
            meta: EventMeta(source: .trading, correlationID: correlationID),
            orderID: id,
            instrument: instrument,
            strategy: strategy,
            state: state,
            side: plan.side,
            type: .limit,
            timeInForce: .immediateOrCancel,
            limitPrice: plan.limitPrice,
            quantity: plan.quantity,
            filledQuantity: machine.filledQuantity,
            isReduceOnly: plan.isReduceOnly,
            fill: fill,
            reason: reason
        )
    }
}
