import Contracts

/// Losing round trips in a row.
struct LossStreak: Hashable, Codable {
    private(set) var count = 0
    /// Until when nothing is entered.
    private(set) var lock: UnixMilliseconds?

    /// Counts one round trip; one that lost nothing ends the streak.
    mutating func take(_ profit: Money, at now: UnixMilliseconds, _ limits: RiskLimits) {
        guard profit.isNegative else {
            count = 0
            return
        }
        count += 1
        guard let countMax = limits.lossStreakMax, count >= countMax else { return }
        lock = now + limits.lossStreakPauseMilliseconds
    }
}
