import Contracts

/// I9: a reduce-only or protective order never raises the absolute exposure.
struct ReducingOrders: InvariantChecker {
    static let id = "I9"
    static let topics: Set<Topic> = [.execOrderEvent, .portfolioPositionUpdate]

    private var positions = HeldPositions()

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        switch event {
        case .portfolioPositionUpdate(let update): positions.state(update)
        case .execOrderEvent(let order):
            guard let fill = order.fill, let (before, after) = positions.book(fill, of: order, place) else {
                return
            }
            guard order.isReduceOnly || order.purpose != .move else { return }
            let hasTurned = before.isPositive && after.isNegative || before.isNegative && after.isPositive
            guard hasTurned || after.size > before.size else { return }
            report(
                "order \(order.orderID) may only reduce, and took \(order.instrument) from \(before) to \(after)"
            )
        default: break
        }
    }
}
