import Contracts

/// I18: what is filled of an order never falls, grows by its fills alone and never exceeds the order.
struct FilledQuantities: InvariantChecker {
    static let id = "I18"
    static let topics: Set<Topic> = [.execOrderEvent]

    private var filled: [OrderID: Quantity] = [:]

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        guard case .execOrderEvent(let order) = event else { return }
        let now = order.filledQuantity
        defer { filled[order.orderID] = now }
        if now > order.quantity, !order.state.isRequest {
            report("order \(order.orderID) is filled with \(now) of \(order.quantity)")
        }
        guard let before = filled[order.orderID] ?? (place.isWhole ? .zero : nil) else { return }
        if now < before {
            report("what is filled of order \(order.orderID) fell from \(before) to \(now)")
        } else if let expected = try? before.adding(order.fill?.quantity ?? .zero), expected != now {
            report("order \(order.orderID) is filled with \(now), and its fills make \(expected)")
        }
    }
}
