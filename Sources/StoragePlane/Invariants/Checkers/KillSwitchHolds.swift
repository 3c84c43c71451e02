import Contracts

/// I16: a halt that only the operator ends, ends only by the operator's reset.
///
/// That nothing is entered while it lasts is I2's.
struct KillSwitchHolds: InvariantChecker {
    static let id = "I16"
    static let topics: Set<Topic> = [.riskState, .controlOutcome, .controlState]

    private var held: [RiskHalt.Kind: UInt64] = [:]
    private var isReset = false
    private var isUp = false

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        switch event {
        case .controlState(let state): isUp = state.lifecycle == .running || state.lifecycle == .paused
        case .controlOutcome(let outcome):
            if outcome.isAccepted, outcome.command == "risk_reset" { isReset = true }
        case .riskState(let state): take(state, place, report)
        default: break
        }
    }

    private mutating func take(_ state: RiskState, _ place: EventPlace, _ report: (String) -> Void) {
        // Until the kept state is restored, risk does not know its halts.
        guard isUp else { return }
        let kinds = Set(state.halts.map(\.kind).filter(Self.isSticky))
        for kind in RiskHalt.Kind.allCases where held[kind] != nil && !kinds.contains(kind) {
            if !isReset, let since = held[kind] {
                report("the halt \(kind.rawValue) of \(since) ended, and nobody had reset it")
            }
            held[kind] = nil
        }
        for kind in kinds where held[kind] == nil { held[kind] = place.sequence }
        isReset = false
    }

    private static func isSticky(_ kind: RiskHalt.Kind) -> Bool {
        switch kind {
        case .drawdown, .runaway, .liquidation: true
        default: false
        }
    }
}
