import Contracts

/// What a run decided and what became of it, as one figure: two runs of the same decisions have the same.
///
/// - Shape: every `strategy:*`, `risk:*`, `exec:*` and `portfolio:*` event in order; others are passed over.
/// - Order: sequence numbers and the events' own times play no part, and times to come count from the event; orders,
///   executions and correlations are named by the order of their first appearance. So a live run, a replay of its
///   journal and a backtest of the same recording can agree.
/// - Units: equal numbers count the same whatever their decimal places.
package struct DecisionDigest: Sendable {
    /// How many events it is made of.
    package private(set) var count = 0
    var hash = StableHash()
    /// The number and the time of the newest of them.
    private(set) var newest: (seq: UInt64, ts: UnixMilliseconds) = (0, 0)
    var orders = OrdinalNames()
    var executions = OrdinalNames()
    var correlations = OrdinalNames()

    package init() {}

    /// 32 hexadecimal digits.
    package var text: String { hash.text }

    /// Takes an event of any topic; false where it is no decision.
    @discardableResult
    package mutating func note(_ event: AnyEvent) -> Bool {
        switch event {
        case .strategyIntent(let event): note(event)
        case .strategyState(let event): note(event)
        case .strategyOverrun(let event): note(event)
        case .strategyScenarioEnabled(let event): note(event)
        case .strategyScenarioDisabled(let event): note(event)
        case .riskApprovedIntent(let event): note(event)
        case .riskRejectedIntent(let event): note(event)
        case .riskState(let event): note(event)
        case .execVenueReport(let event): note(event)
        case .execReconciliation(let event): note(event)
        case .execOrderEvent(let event): note(event)
        case .portfolioPositionUpdate(let event): note(event)
        case .portfolioAccountUpdate(let event): note(event)
        default: return false
        }
        return true
    }

    /// Begins an event: which it is, and what it follows from.
    mutating func begin(_ topic: UInt64, _ meta: EventMeta) {
        count += 1
        newest = (meta.seq, meta.ts)
        hash.add(topic)
        hash.add(correlations.ordinal(of: meta.correlationID))
    }
}
