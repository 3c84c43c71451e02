import Contracts

/// Why a check stops an intent.
struct Refusal: Error, Equatable {
    let failed: CheckVerdict
    let reason: String

    init(_ check: RiskCheck, value: CheckFigure, limit: CheckFigure, reason: String) {
        failed = CheckVerdict(check: check, value: value, limit: limit)
        self.reason = reason
    }
}

/// The decision on intents: an ordered chain of small pure checks, each of which passes, shrinks or refuses.
///
/// A value without bus, clock or socket: the same book and intent give the same answer. What a check cannot compute
/// is noted, and the last one refuses it.
struct RiskChain: ~Copyable {
    enum Decision {
        case approve(target: Quantity, isShrunk: Bool, verdicts: [CheckVerdict])
        case reject(Refusal)
    }

    /// One check: its name, and what it asks.
    struct Link: Sendable {
        let check: RiskCheck
        let ask: @Sendable (inout Proposal, borrowing RiskBook) throws -> CheckVerdict

        init(
            _ check: RiskCheck,
            _ ask: @escaping @Sendable (inout Proposal, borrowing RiskBook) throws -> CheckVerdict
        ) {
            self.check = check
            self.ask = ask
        }
    }

    private let links: [Link]
    var book: RiskBook

    /// The chain as it trades: every check, in the order of ``RiskCheck``.
    init(limits: RiskLimits) { self.init(limits: limits, links: Self.links) }

    /// A chain of chosen checks, for the tests that leave one out.
    init(limits: RiskLimits, links: [Link]) {
        self.links = links
        book = RiskBook(limits: limits)
    }

    /// Decides on `intent`; an approval is booked, so that the next decision counts it.
    mutating func decide(on intent: StrategyIntent, at now: UnixMilliseconds) -> Decision {
        book.roll(to: now)
        var proposal = Proposal(intent, at: now, in: &book)
        var verdicts: [CheckVerdict] = []
        verdicts.reserveCapacity(links.count)
        for link in links {
            do {
                verdicts.append(try link.ask(&proposal, book))
            } catch let refusal as Refusal {
                return .reject(refusal)
            } catch {
                proposal.note(error, in: link.check)
            }
        }
        do {
            try book.approve(proposal)
        } catch {
            return .reject(ArithmeticCheck.refusal(error, in: .arithmetic))
        }
        return .approve(target: proposal.target, isShrunk: proposal.isShrunk, verdicts: verdicts)
    }
}
