import Contracts

/// How a limit brings a wish down to what it allows.
extension Proposal {
    /// The quantity that `notional` pays for at its worst, rounded towards zero to the instrument's step.
    func quantity(for notional: Money) throws(NumberError) -> Quantity {
        guard !notional.isNegative, let rules = facts.rules else { return .zero }
        return try notional.quantity(at: unitWorth, places: rules.quantityStep.scale)
            .rounded(toMultipleOf: rules.quantityStep, .towardZero)
    }

    /// Makes the step at most `quantityMax` long.
    mutating func shrinkStep(to quantityMax: Quantity) throws(NumberError) -> Bool {
        guard quantityMax.isPositive else { return false }
        return try shrink(to: held.adding(step.isNegative ? quantityMax.negated() : quantityMax))
    }

    /// Makes the position at most `quantityMax`.
    mutating func shrinkPosition(to quantityMax: Quantity) throws(NumberError) -> Bool {
        try shrink(to: target.isNegative ? quantityMax.negated() : quantityMax)
    }

    /// Lets the position be worth at most `room`, which is what `limit` leaves of it; `used` is what else there is.
    mutating func keepPosition(
        within room: Money,
        _ check: RiskCheck,
        used: Money = .zero,
        limit: Money,
        _ why: (borrowing Proposal) -> String
    ) throws -> CheckVerdict {
        let value = CheckFigure.money(try used.adding(notional))
        guard notional.isAbove(room) else {
            return CheckVerdict(check: check, value: value, limit: .money(limit))
        }
        guard try shrinkPosition(to: quantity(for: room)) else {
            throw Refusal(check, value: value, limit: .money(limit), reason: why(self))
        }
        return CheckVerdict(check: check, value: value, limit: .money(limit), isShrunk: true)
    }

    /// Forbids the entry for some time: a turn round is cut to its exit, any other entry refused.
    mutating func forbidEntry(
        _ check: RiskCheck,
        value: CheckFigure,
        limit: CheckFigure,
        _ why: (borrowing Proposal) -> String
    ) throws -> CheckVerdict {
        guard isTurning else { throw Refusal(check, value: value, limit: limit, reason: why(self)) }
        try keepExit()
        return CheckVerdict(check: check, value: value, limit: limit, isShrunk: true)
    }
}

extension Proposal {
    /// Lets only what reduces pass while `halt` lasts.
    mutating func obey(
        _ halt: RiskHalt?,
        _ check: RiskCheck,
        value: CheckFigure,
        limit: CheckFigure?
    ) throws -> CheckVerdict {
        let limit = limit ?? "off"
        guard let halt, !isReducing else { return CheckVerdict(check: check, value: value, limit: limit) }
        return try forbidEntry(check, value: value, limit: limit) { _ in
            "risk is halted: \(halt.why)"
        }
    }
}

extension CheckVerdict {
    /// The verdict on what the check does not ask: it only reduces.
    static func exempt(_ check: RiskCheck) -> CheckVerdict {
        CheckVerdict(check: check, value: "reducing", limit: "entries only")
    }

    /// The verdict of a check that is not configured.
    static func off(_ check: RiskCheck) -> CheckVerdict {
        CheckVerdict(check: check, value: "", limit: "off")
    }
}
