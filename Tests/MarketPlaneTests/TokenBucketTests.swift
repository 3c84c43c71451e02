import EventKernel
import MarketPlane
import Testing

@Suite struct `Token bucket` {
    private static let start: Int64 = 1_700_000_000_000

    @Test func `never lets more through in any five seconds than the exchange allows`() {
        var generator = SeededGenerator(seed: 3)
        var bucket = TokenBucket(TokenBucket.Limits(), at: Self.start)
        var (now, taken) = (Self.start, [Int64]())
        while now < Self.start + 60_000 {
            while bucket.take(at: now) == nil { taken.append(now) }
            now += Int64.random(in: 1...400, using: &generator)
        }
        var most = 0
        var begin = 0
        for (index, time) in taken.enumerated() {
            while time - taken[begin] >= 5_000 { begin += 1 }
            most = max(most, index - begin + 1)
        }
        #expect(most <= 500)
        #expect(taken.count >= 60 * 80)
    }

    @Test func `says how long to wait, and not longer`() {
        var limits = TokenBucket.Limits()
        limits.burstCount = 1
        limits.perSecond = 10
        var bucket = TokenBucket(limits, at: Self.start)
        #expect(bucket.take(at: Self.start) == nil)
        #expect(bucket.take(at: Self.start) == 100)
        #expect(bucket.take(at: Self.start + 99) == 1)
        #expect(bucket.take(at: Self.start + 100) == nil)
    }

    @Test func `halves at each complaint and grows back with quiet`() {
        var bucket = TokenBucket(TokenBucket.Limits(), at: Self.start)
        bucket.halve(at: Self.start)
        bucket.halve(at: Self.start)
        #expect(bucket.perSecond == 20)
        for _ in 0..<25 { #expect(bucket.take(at: Self.start) == nil) }
        #expect(bucket.take(at: Self.start) == 50)
        _ = bucket.take(at: Self.start + 59_999)
        #expect(bucket.perSecond == 20)
        _ = bucket.take(at: Self.start + 60_000)
        #expect(bucket.perSecond == 40)
        _ = bucket.take(at: Self.start + 600_000)
        #expect(bucket.perSecond == 80)
        for _ in 0..<40 { bucket.halve(at: Self.start + 600_000) }
        #expect(bucket.perSecond == 1)
    }

    @Test func `is not filled by a clock that goes back or leaps`() {
        var bucket = TokenBucket(TokenBucket.Limits(), at: Self.start)
        for _ in 0..<100 { _ = bucket.take(at: Self.start) }
        #expect(bucket.take(at: Self.start - 1_000_000) != nil)
        #expect(bucket.take(at: .max / 2) == nil)
        var count = 1
        while bucket.take(at: .max / 2) == nil { count += 1 }
        #expect(count == 100)
    }
}
