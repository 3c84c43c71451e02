import Contracts

/// One instrument's share of the engine: what is held, what is wanted, and the orders on the way there.
///
/// A value without bus and clock. Each call takes one event and appends the steps of orders that follow to `steps`;
/// what it throws has left nothing half done.
struct Desk {
    let instrument: Instrument
    let settings: ExecutionSettings
    let isHedged: Bool
    var lifecycle: ControlState.Lifecycle?
    var allowsTrading = false
    /// Before this there is no room for an order that enters.
    var entersFrom: UnixMilliseconds = 0
    var rules: OrderRules?
    /// Positions by our own tally of fills; signed.
    var held = PerPosition(repeating: Quantity.zero)
    /// Positions that fills of this run have moved; what the books say of them is older.
    var counted = PerPosition(repeating: false)
    var touch = Touch()
    var campaign: Campaign?
    /// The newest leave, while an order of an older one is still at work.
    var waiting: Leave?
    /// Those that have not ended, in order of placing; at most one of them moves the position.
    var orders: [PlacedOrder] = []
    var ended: EndedOrders
    var long = Protection()
    var short = Protection()
    var counters = OrderCounters()
    /// The newest liquidations, so that each is booked once.
    var liquidations: [String] = []

    init(_ instrument: Instrument, _ settings: ExecutionSettings) {
        self.instrument = instrument
        self.settings = settings
        isHedged = settings.positionMode == .hedge && instrument.category != .spot
        ended = EndedOrders(countMax: settings.endedOrderCountMax)
    }

    /// The place of the order that moves the position, where one is at work.
    var movePlace: Int? { orders.firstIndex { $0.isMove } }

    /// Long less short.
    var net: Quantity {
        get throws(NumberError) {
            try isHedged ? held[.hedgeLong].adding(held[.hedgeShort]) : held[.oneWay]
        }
    }

    /// When this desk must be woken; nil where only events move it.
    ///
    /// Changes nothing. It is mutating since a desk that is only read would be copied for it.
    mutating func nextWake() -> UnixMilliseconds? {
        guard allowsTrading else { return nil }
        var earliest = UnixMilliseconds.max
        if let at = long.actAt { earliest = min(earliest, at) }
        if let at = short.actAt { earliest = min(earliest, at) }
        if let campaign, !campaign.isEnding {
            earliest = min(earliest, campaign.leave.expires)
            switch campaign.pace {
            case .marketable: break
            case .passive(let crossAt): if !campaign.isCrossing { earliest = min(earliest, crossAt) }
            case .sliced(let slices):
                if slices.left > 0, movePlace == nil, campaign.heldUntil == nil {
                    earliest = min(earliest, slices.nextAt)
                }
            }
            if let heldUntil = campaign.heldUntil, movePlace == nil, !campaign.isResting {
                earliest = min(earliest, heldUntil)
            }
        }
        return earliest == .max ? nil : earliest
    }

    /// Takes over a position as the books state it at the start; what fills have moved since is newer.
    mutating func adopt(_ quantity: Quantity, _ index: PositionIndex) {
        if !counted[index] { held[index] = quantity }
    }

    /// Places one order, named after `intent`.
    mutating func place(
        _ plan: OrderPlan,
        intent: UInt64,
        _ strategy: StrategyID,
        _ correlationID: CorrelationID?,
        into steps: inout [OrderEvent]
    ) {
        let inUse = [campaign?.leave.intent, long.intent, short.intent]
        let index = counters.next(for: intent) { inUse.contains($0) }
        let id = OrderID(instance: settings.instance, intent: intent, index: index)
        let order = PlacedOrder(id, strategy, correlationID, plan)
        steps.append(order.event(.submitting, of: instrument))
        orders.append(order)
    }

    /// Asks for the end of the order at `place`, now or as soon as the venue has it.
    mutating func cancel(_ place: Int, _ reason: String, into steps: inout [OrderEvent]) {
        guard allowsTrading else { return }
        if let step = orders[place].cancel(instrument, reason) { steps.append(step) }
    }

    /// Forgets all work on orders, and what was known of the market; the orders that were open, each as it stands.
    mutating func giveUp() -> [OrderEvent] {
        defer {
            (orders, campaign, waiting) = ([], nil, nil)
            (long, short, touch) = (Protection(), Protection(), Touch())
        }
        return orders.map { $0.event($0.machine.state, of: instrument) }
    }
}
