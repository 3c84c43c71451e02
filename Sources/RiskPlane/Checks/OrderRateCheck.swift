import Contracts

/// No more orders than so many a second, a minute and a day.
enum OrderRateCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        if proposal.isReducing { return .exempt(.orderRate) }
        let now = proposal.now
        if book.rate.isFull(book.limits.orderRatePerSecondMax, within: 1_000, at: now) {
            throw refusal(book.limits.orderRatePerSecondMax, "second")
        }
        if book.rate.isFull(book.limits.orderRatePerMinuteMax, within: 60_000, at: now) {
            throw refusal(book.limits.orderRatePerMinuteMax, "minute")
        }
        let today = book.rate.count(onDayOf: now)
        if let dayMax = book.limits.orderRatePerDayMax, today >= dayMax { throw refusal(dayMax, "day") }
        return CheckVerdict(
            check: .orderRate,
            value: .count(today),
            limit: book.limits.orderRatePerDayMax.map(CheckFigure.count) ?? "off"
        )
    }

    private static func refusal(_ countMax: Int?, _ window: String) -> Refusal {
        let count = CheckFigure.count(countMax ?? 0)
        return Refusal(
            .orderRate,
            value: count,
            limit: count,
            reason: "\(count) orders in the last \(window) are as many as may be"
        )
    }
}
