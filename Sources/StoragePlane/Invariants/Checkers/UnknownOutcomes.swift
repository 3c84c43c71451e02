import Contracts

/// I5: an order whose outcome is unknown is never sent again, and never called rejected without the venue's word.
struct UnknownOutcomes: InvariantChecker {
    static let id = "I5"
    static let topics: Set<Topic> = [.execOrderEvent, .execVenueReport, .execReconciliation]

    /// Orders that are unknown, and whether the venue has spoken of them since.
    private var unknown: [OrderID: Bool] = [:]

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        switch event {
        case .execVenueReport(let said):
            if let id = said.orderID, unknown[id] != nil { unknown[id] = true }
        case .execReconciliation:
            for id in unknown.keys { unknown[id] = true }
        case .execOrderEvent(let order): take(order, report)
        default: break
        }
    }

    private mutating func take(_ order: OrderEvent, _ report: (String) -> Void) {
        guard let isSpokenOf = unknown[order.orderID] else {
            if order.state == .unknown { unknown[order.orderID] = false }
            return
        }
        switch order.state {
        case .submitting: report("order \(order.orderID) was sent again while its outcome was unknown")
        case .rejected where !isSpokenOf:
            report("order \(order.orderID) was called rejected, and the venue had said nothing of it")
        case .unknown: return
        default: break
        }
        if order.state != .amending && order.state != .cancelling { unknown[order.orderID] = nil }
    }
}
