import Contracts

/// I17: an order moves only along its state machine; an ended one takes nothing but late fills.
struct OrderSteps: InvariantChecker {
    static let id = "I17"
    static let topics: Set<Topic> = [.execOrderEvent]

    /// The newest state of each order, requests apart: they change nothing before the venue answers.
    private var states: [OrderID: OrderState] = [:]

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        guard case .execOrderEvent(let order) = event else { return }
        let before = states[order.orderID]
        if !Self.isLegal(from: before, to: order, isWhole: place.isWhole) {
            let name = before?.rawValue ?? "nothing"
            report("order \(order.orderID) went from \(name) to \(order.state.rawValue)")
        }
        if order.state == .submitting || !order.state.isRequest { states[order.orderID] = order.state }
    }

    private static func isLegal(from before: OrderState?, to order: OrderEvent, isWhole: Bool) -> Bool {
        guard let before else {
            // The venue makes liquidations by itself; a cut journal begins anywhere.
            return order.state == .submitting || order.purpose == .liquidation || !isWhole
        }
        if before.isFinal { return order.state == before && order.fill != nil }
        return switch order.state {
        case .submitting: false
        case .amending, .cancelling: before == .open || before == .partiallyFilled || before == .untriggered
        // An amendment states the same state anew.
        case .open: before != .partiallyFilled
        case .untriggered: before == .submitting || before == .unknown || before == .untriggered
        case .triggered: before == .submitting || before == .unknown || before == .untriggered
        case .partiallyFilled, .filled, .cancelled, .rejected, .deactivated, .unknown: true
        }
    }
}
