import Contracts

/// I2: no order that enters a position is sent while a gate is closed.
struct ClosedGates: InvariantChecker {
    static let id = "I2"
    static let topics: Set<Topic> = [
        .controlState, .riskState, .marketHealth, .execOrderEvent, .portfolioPositionUpdate,
    ]

    private var lifecycle = Delivered<ControlState?>(nil)
    private var halt = Delivered<String?>(nil)
    private var feeds: [Instrument: Delivered<FeedHealth.State?>] = [:]
    private var unknown: [Instrument: Set<OrderID>] = [:]
    private var positions = HeldPositions()

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        switch event {
        case .controlState(let state): lifecycle.publish(state, place)
        case .riskState(let state): halt.publish(state.haltReason, place)
        case .marketHealth(let health):
            feeds[health.instrument, default: Delivered(nil)].publish(health.state, place)
        case .portfolioPositionUpdate(let update): positions.state(update)
        case .execOrderEvent(let order): take(order, place, report)
        default: break
        }
    }

    private mutating func take(_ order: OrderEvent, _ place: EventPlace, _ report: (String) -> Void) {
        if order.state == .submitting, positions.isReducing(order, place) == false,
            let gate = closedGate(for: order.instrument, place)
        {
            report("order \(order.orderID) entered a position while \(gate)")
        }
        if let fill = order.fill { _ = positions.book(fill, of: order, place) }
        if order.state == .unknown {
            unknown[order.instrument, default: []].insert(order.orderID)
        } else {
            unknown[order.instrument]?.remove(order.orderID)
        }
    }

    /// A gate that closes is closed once everybody knows of it; one that opens is open from its word on.
    private func closedGate(for instrument: Instrument, _ place: EventPlace) -> String? {
        if let state = lifecycle.value(at: place), !state.allowsTrading,
            lifecycle.newest?.allowsTrading != true
        {
            return state.isPaused ? "the machine was paused" : "the machine was \(state.lifecycle.rawValue)"
        }
        if let halt = halt.value(at: place), self.halt.newest != nil { return "risk had halted: \(halt)" }
        if let feed = feeds[instrument]?.value(at: place), feed != .fresh, feeds[instrument]?.newest != .fresh
        {
            return "the data of \(instrument) was \(feed.rawValue)"
        }
        if let order = unknown[instrument]?.min(by: { $0.rawValue < $1.rawValue }) {
            return "nobody knew what had become of \(order)"
        }
        return nil
    }
}
