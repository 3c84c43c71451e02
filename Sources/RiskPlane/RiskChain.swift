import Contracts

/// Why a check stops an intent.
struct Refusal: Error, Equatable {
    let failed: CheckVerdict
    let reason: String

    init(_ check: RiskCheck, value: String, limit: String, reason: String) {
        failed = CheckVerdict(check: check, value: value, limit: limit)
        self.reason = reason
    }
}

/// The decision on intents: an ordered chain of small checks, each of which passes, shrinks or refuses.
///
/// A value without bus, clock or socket: the same book and intent give the same answer. Whatever cannot be
/// computed is refused.
struct RiskChain {
    enum Decision {
        case approve(Proposal, verdicts: [CheckVerdict])
        case reject(Refusal)
    }

    typealias Check = @Sendable (inout Proposal) throws -> CheckVerdict

    /// In the order in which they are asked.
    static let checks: [Check] = [
        LifecycleCheck.ask, PausedCheck.ask, HaltedCheck.ask, InstrumentCheck.ask, FeedCheck.ask,
        ExpiryCheck.ask,
        CooldownCheck.ask, OrderNotionalCheck.ask, PositionNotionalCheck.ask, GrossNotionalCheck.ask,
        QuantityStepCheck.ask,
    ]

    let limits: RiskLimits
    var book = RiskBook()

    /// Decides on `intent`; an approval is booked, so that the next decision counts it.
    mutating func decide(on intent: StrategyIntent, at now: UnixMilliseconds) -> Decision {
        do {
            var proposal = try Proposal(intent, now: now, limits: limits, book: book)
            var verdicts: [CheckVerdict] = []
            for check in Self.checks { verdicts.append(try check(&proposal)) }
            try book.approve(proposal)
            verdicts.append(CheckVerdict(check: .arithmetic, value: "exact", limit: "exact"))
            return .approve(proposal, verdicts: verdicts)
        } catch let refusal as Refusal {
            return .reject(refusal)
        } catch {
            return .reject(
                Refusal(
                    .arithmetic,
                    value: String(describing: error),
                    limit: "exact",
                    reason: "a figure of this intent cannot be computed exactly: \(error)"
                )
            )
        }
    }
}
