import Contracts

/// One order that has been placed: what was asked, and where it stands.
struct PlacedOrder: Codable {
    let id: OrderID
    let strategy: StrategyID
    let correlationID: CorrelationID?
    private(set) var plan: OrderPlan
    private(set) var machine: OrderMachine
    /// What the amendment under way is to make of it.
    private var wanted: OrderPlan?
    /// Whether the venue has left it as it was when it was last asked to change it.
    private(set) var isAmendRefused = false
    /// Whether it is to be cancelled as soon as the venue has it.
    var isCancelWanted = false

    init(_ id: OrderID, _ strategy: StrategyID, _ correlationID: CorrelationID?, _ plan: OrderPlan) {
        self.id = id
        self.strategy = strategy
        self.correlationID = correlationID
        self.plan = plan
        machine = OrderMachine(quantity: plan.quantity)
    }

    var isMove: Bool { plan.purpose == .move }

    /// Whether more reports of it are on their way by themselves: it has begun to trade and cannot rest.
    var isTrading: Bool { plan.isTaking && machine.state == .partiallyFilled }

    /// Applies one report; nil where it changes nothing.
    mutating func apply(_ report: VenueReport.Kind) throws(OrderMachine.Failure) -> OrderMachine.Step? {
        guard case .amended(let price, let quantity) = report else { return try machine.apply(report) }
        let isNews =
            machine.isAmendRequested || quantity != plan.quantity || (price ?? statedPrice) != statedPrice
        guard isNews, let step = try machine.apply(report) else { return nil }
        plan.quantity = quantity
        if let price { state(price) }
        isAmendRefused = wanted.map { $0 != plan } ?? false
        wanted = nil
        return step
    }

    /// Asks for the order's end; nil where that cannot be asked for now.
    mutating func cancel(_ instrument: Instrument, _ reason: String) -> OrderEvent? {
        isCancelWanted = true
        return machine.requestCancel() ? event(.cancelling, of: instrument, reason: reason) : nil
    }

    /// Asks for another price or quantity; nil where that cannot be asked for now.
    mutating func amend(
        _ instrument: Instrument,
        to price: Price?,
        _ quantity: Quantity,
        _ reason: String
    ) -> OrderEvent? {
        guard machine.requestAmend() else { return nil }
        var amended = self
        amended.plan.quantity = quantity
        if let price { amended.state(price) }
        wanted = amended.plan
        return amended.event(.amending, of: instrument, reason: reason)
    }

    /// The order event of a step.
    func event(
        _ state: OrderState,
        of instrument: Instrument,
        fill: Fill? = nil,
        reason: String? = nil
    )
        -> OrderEvent
    {
        OrderEvent(
            meta: EventMeta(source: .trading, correlationID: correlationID),
            orderID: id,
            instrument: instrument,
            strategy: strategy,
            state: state,
            side: plan.side,
            type: plan.type,
            timeInForce: plan.timeInForce,
            limitPrice: plan.limitPrice,
            quantity: plan.quantity,
            filledQuantity: machine.filledQuantity,
            isReduceOnly: plan.isReduceOnly,
            trigger: plan.trigger,
            purpose: plan.purpose,
            positionIndex: plan.positionIndex,
            fill: fill,
            reason: reason
        )
    }

    /// The price that an amendment changes: a conditional order's trigger, else the limit.
    private var statedPrice: Price? { plan.trigger?.price ?? plan.limitPrice }

    private mutating func state(_ price: Price) {
        guard let trigger = plan.trigger else {
            plan.limitPrice = price
            return
        }
        plan.trigger = OrderTrigger(
            kind: trigger.kind,
            price: price,
            source: trigger.source,
            direction: trigger.direction
        )
    }
}
