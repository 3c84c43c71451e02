import Contracts

/// I8: what risk lets through is within the limits, live and unknown orders at their worst.
///
/// Risk states value and limit of each check with its approval; what it made smaller names the value asked for.
struct ExposureLimits: InvariantChecker {
    static let id = "I8"
    static let topics: Set<Topic> = [.riskApprovedIntent]

    private static let checks: Set<RiskCheck> = [
        .orderNotional, .positionNotional, .strategyBudget, .groupNotional, .netNotional, .grossNotional,
        .leverage, .margin, .correlation,
    ]

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        guard case .riskApprovedIntent(let approved) = event else { return }
        for verdict in approved.verdicts where Self.checks.contains(verdict.check) && !verdict.isShrunk {
            guard let value = Money(verdict.value.description), let limit = Money(verdict.limit.description),
                value > limit
            else { continue }
            report(
                "\(approved.instrument) was approved with \(verdict.check.rawValue) \(value), limit \(limit)"
            )
        }
    }
}
