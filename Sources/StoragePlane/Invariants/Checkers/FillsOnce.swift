import Contracts

/// I7: every fill is applied once.
struct FillsOnce: InvariantChecker {
    static let id = "I7"
    static let topics: Set<Topic> = [.execOrderEvent]

    private var applied: [String: UInt64] = [:]

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        guard case .execOrderEvent(let order) = event, let fill = order.fill else { return }
        guard let before = applied.updateValue(place.sequence, forKey: fill.executionID) else { return }
        report(
            "execution \(fill.executionID) of \(order.orderID) was applied again; it had been at \(before)"
        )
    }
}
