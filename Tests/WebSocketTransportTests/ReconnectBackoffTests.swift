import Testing
import WebSocketTransport

@Suite struct `Reconnect backoff` {
    /// Draws the largest number of every range, so that the ceilings are seen.
    struct Highest: RandomNumberGenerator {
        mutating func next() -> UInt64 { .max }
    }

    struct Lehmer: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state
        }
    }

    @Test func `doubles its ceiling up to the longest wait`() {
        var backoff = ReconnectBackoff(generator: Highest())
        let waits = (0..<9).map { _ in backoff.delay(afterEndAt: 0) }
        #expect(waits == [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
    }

    @Test func `is short again after a stable minute and not before`() {
        var backoff = ReconnectBackoff(generator: Highest())
        for _ in 0..<5 { _ = backoff.delay(afterEndAt: 0) }
        backoff.opened(at: 0)
        #expect(backoff.delay(afterEndAt: 59_999) == 16_000)
        backoff.opened(at: 100_000)
        #expect(backoff.delay(afterEndAt: 160_000) == 500)
    }

    @Test func `repeats itself with the same seed and stays within its bounds`() {
        func waits(_ seed: UInt64) -> [Int64] {
            var backoff = ReconnectBackoff(generator: Lehmer(state: seed))
            return (0..<50).map { _ in backoff.delay(afterEndAt: 0) }
        }
        #expect(waits(7) == waits(7))
        #expect(waits(7) != waits(8))
        #expect(waits(7).allSatisfy { (1...30_000).contains($0) })
    }
}
