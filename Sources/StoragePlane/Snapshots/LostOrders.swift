import Contracts

/// Orders that are forgotten by a recovery, beside those that the restored state of execution knows.
package struct LostOrders: Hashable, Sendable {
    /// The newest step of each that was not both placed and ended meanwhile, in the order in which they first showed.
    package private(set) var newest: [OrderEvent] = []
    /// When entering orders were placed, oldest first.
    package private(set) var placed: [UnixMilliseconds] = []
    private var begun: Set<OrderID> = []

    mutating func note(_ order: OrderEvent) {
        if order.state == .submitting {
            begun.insert(order.orderID)
            if order.purpose == .move, !order.isReduceOnly { placed.append(order.meta.ts) }
        }
        newest.removeAll { $0.orderID == order.orderID }
        if !order.state.isFinal || !begun.contains(order.orderID) { newest.append(order) }
    }
}
