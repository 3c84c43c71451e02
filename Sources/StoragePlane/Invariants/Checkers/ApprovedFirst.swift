import Contracts

/// I1: an order request leaves the process only after its approved intent is on disk.
///
/// The journal's order is the disk's order, so an approval with a smaller number was there first.
struct ApprovedFirst: InvariantChecker {
    static let id = "I1"
    static let topics: Set<Topic> = [.riskApprovedIntent, .controlCommand, .execOrderEvent]

    private var allowed: Set<CorrelationID> = []
    private var first: UInt64?

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        if first == nil { first = place.sequence }
        switch event {
        case .riskApprovedIntent(let approved): approved.meta.correlationID.map { _ = allowed.insert($0) }
        case .controlCommand(let command): command.meta.correlationID.map { _ = allowed.insert($0) }
        case .execOrderEvent(let order) where order.state == .submitting:
            guard let correlation = order.meta.correlationID else {
                return report(
                    "order \(order.orderID) was placed, and nothing says for which intent or command"
                )
            }
            guard !allowed.contains(correlation), !isOlder(correlation, place) else { return }
            report("order \(order.orderID) was placed, and \(correlation) had not been approved")
        default: break
        }
    }

    /// Whether the approval may have stood in a part of the journal that is not there any more.
    private func isOlder(_ correlation: CorrelationID, _ place: EventPlace) -> Bool {
        guard !place.isWhole else { return false }
        guard case .intent(let number) = correlation else { return true }
        return number < first ?? 0
    }
}
