import Contracts

/// Our clock must be near the exchange's, or prices are older and orders later than they seem.
enum ClockCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        if proposal.isReducing { return .exempt(.clock) }
        let limit = CheckFigure.milliseconds(book.limits.clockOffsetMaxMilliseconds)
        let reading = book.clock.flatMap { reading in
            proposal.now - reading.at <= book.limits.clockAgeMaxMilliseconds ? reading : nil
        }
        guard let reading else {
            guard book.limits.clockRequired else { return .off(.clock) }
            throw Refusal(
                .clock,
                value: "unknown",
                limit: limit,
                reason: "our clock has not been compared with the exchange's lately"
            )
        }
        let value = CheckFigure.milliseconds(reading.worst)
        guard reading.worst <= book.limits.clockOffsetMaxMilliseconds else {
            throw Refusal(
                .clock,
                value: value,
                limit: limit,
                reason: "our clock may be \(value) away from the exchange's"
            )
        }
        return CheckVerdict(check: .clock, value: value, limit: limit)
    }
}
