/// How long to wait before the next try: longer after each failure, out of step with others, never too often.
///
/// - Units: milliseconds of any clock that does not go back.
package struct ReconnectBackoff<Generator: RandomNumberGenerator> {
    /// The bounds of the waiting.
    package struct Limits: Hashable, Sendable {
        package var delayFirstMilliseconds: Int64 = 500
        package var delayMaxMilliseconds: Int64 = 30_000
        /// A connection that lasted this long makes the next wait short again.
        package var stableMilliseconds: Int64 = 60_000
        /// With so many tries in ``windowMilliseconds`` the next one waits until the first has left it.
        package var connectCountMax = 20
        package var windowMilliseconds: Int64 = 300_000

        package init() {}
    }

    private let limits: Limits
    private var generator: Generator
    private var failureCount = 0
    private var openedAt: Int64?
    private var tries: [Int64] = []

    package init(limits: Limits = Limits(), generator: Generator) {
        self.limits = limits
        self.generator = generator
    }

    /// Whether so many tries were made that the pace is down to a few in each window.
    package func isSlow(at now: Int64) -> Bool {
        tries.count(where: { $0 > now - limits.windowMilliseconds }) >= limits.connectCountMax
    }

    /// Notes that a connection is tried.
    package mutating func connecting(at now: Int64) {
        let windowStart = now - limits.windowMilliseconds
        tries.removeAll { $0 <= windowStart }
        if tries.count == limits.connectCountMax { tries.removeFirst() }
        tries.append(now)
    }

    /// Notes that a connection is open.
    package mutating func opened(at now: Int64) { openedAt = now }

    /// Notes that a connection is over, and gives the wait until the next try.
    package mutating func delay(afterEndAt now: Int64) -> Int64 {
        if let openedAt, now - openedAt >= limits.stableMilliseconds { failureCount = 0 }
        openedAt = nil
        let doublings = min(failureCount, 20)
        failureCount += 1
        let ceiling = min(limits.delayMaxMilliseconds, limits.delayFirstMilliseconds << Int64(doublings))
        let jittered = Int64.random(in: 1...max(1, ceiling), using: &generator)
        guard isSlow(at: now), let oldest = tries.first else { return jittered }
        return max(jittered, oldest + limits.windowMilliseconds - now)
    }
}

extension ReconnectBackoff: Sendable where Generator: Sendable {}
