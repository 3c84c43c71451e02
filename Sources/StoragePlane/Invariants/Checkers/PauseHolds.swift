import Contracts

/// I3: after an acknowledged pause nothing is placed, amended or cancelled, in any run, until an acknowledged resume;
/// except by the operator's own command.
struct PauseHolds: InvariantChecker {
    static let id = "I3"
    static let topics: Set<Topic> = [.controlOutcome, .execOrderEvent]

    private var pausedAt: UInt64?

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        switch event {
        case .controlOutcome(let outcome) where outcome.isAccepted && outcome.command == "pause":
            if pausedAt == nil { pausedAt = place.sequence }
        case .controlOutcome(let outcome) where outcome.isAccepted && outcome.command == "resume":
            pausedAt = nil
        case .execOrderEvent(let order) where order.state.isRequest:
            guard let pausedAt else { return }
            if case .command = order.meta.correlationID { return }
            report(
                "order \(order.orderID) went out (\(order.state.rawValue)), though the pause was acknowledged at \(pausedAt)"
            )
        default: break
        }
    }
}
