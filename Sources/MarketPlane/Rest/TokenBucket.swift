import Contracts

/// How fast requests may follow each other: a bucket of tokens that refills with time.
///
/// A value without clock: it is told the time. Where the exchange complains it halves, and it grows back with quiet.
package struct TokenBucket: Hashable, Sendable {
    package struct Limits: Hashable, Sendable {
        /// How many requests may go out at once.
        package var burstCount = 100
        /// The exchange bans at 600 in any 5 s from one address, which others may share: 100 + 5 · 80 is below it.
        package var perSecond = 80
        /// The least that halving leaves.
        package var perSecondMin = 1
        /// So long after a complaint the speed doubles, again and again until it is whole.
        package var recoverMilliseconds: Int64 = 60_000

        package init() {}
    }

    private let limits: Limits
    /// Thousandths of a token, so that every step is exact.
    private var milliTokens: Int64
    private var filledAt: UnixMilliseconds
    private var changedAt: UnixMilliseconds
    package private(set) var perSecond: Int

    package init(_ limits: Limits, at now: UnixMilliseconds) {
        self.limits = limits
        perSecond = limits.perSecond
        milliTokens = Int64(limits.burstCount) * 1_000
        filledAt = now
        changedAt = now
    }

    /// How many requests may go out at once now.
    private var burstMilliTokens: Int64 {
        max(1_000, Int64(limits.burstCount) * 1_000 * Int64(perSecond) / Int64(limits.perSecond))
    }

    /// Takes a token; nil where one was there, else how long to wait before asking again.
    package mutating func take(at now: UnixMilliseconds) -> Int64? {
        refill(at: now)
        guard milliTokens < 1_000 else {
            milliTokens -= 1_000
            return nil
        }
        return max(1, (1_000 - milliTokens + Int64(perSecond) - 1) / Int64(perSecond))
    }

    /// The exchange says that requests come too fast.
    package mutating func halve(at now: UnixMilliseconds) {
        refill(at: now)
        perSecond = max(limits.perSecondMin, perSecond / 2)
        changedAt = now
        milliTokens = min(milliTokens, burstMilliTokens)
    }

    private mutating func refill(at now: UnixMilliseconds) {
        let elapsed = max(0, now - filledAt)
        filledAt = max(now, filledAt)
        while perSecond < limits.perSecond, now - changedAt >= limits.recoverMilliseconds {
            perSecond = min(limits.perSecond, perSecond * 2)
            changedAt += limits.recoverMilliseconds
        }
        // A token a second is a thousandth of one a millisecond.
        let (gain, isHuge) = elapsed.multipliedReportingOverflow(by: Int64(perSecond))
        milliTokens = min(burstMilliTokens, milliTokens + min(isHuge ? .max / 2 : gain, burstMilliTokens))
    }
}
