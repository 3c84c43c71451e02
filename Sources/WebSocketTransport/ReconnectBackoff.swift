/// How long to wait before the next try: longer after each failure, out of step with others.
///
/// - Units: milliseconds of any clock that does not go back.
package struct ReconnectBackoff<Generator: RandomNumberGenerator> {
    /// The bounds of the waiting.
    package struct Limits: Hashable, Sendable {
        package var delayFirstMilliseconds: Int64 = 500
        package var delayMaxMilliseconds: Int64 = 30_000
        /// A connection that lasted this long makes the next wait short again.
        package var stableMilliseconds: Int64 = 60_000

        package init() {}
    }

    private let limits: Limits
    private var generator: Generator
    private var failureCount = 0
    private var openedAt: Int64?

    package init(limits: Limits = Limits(), generator: Generator) {
        self.limits = limits
        self.generator = generator
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
        return Int64.random(in: 1...max(1, ceiling), using: &generator)
    }
}

extension ReconnectBackoff: Sendable where Generator: Sendable {}
