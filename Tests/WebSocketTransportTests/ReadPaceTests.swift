import NIOCore
import Testing

@testable import WebSocketTransport

struct ReadPaceTests {
    /// Reads of 200 bytes, `gap` microseconds apart, until the pace is judged a flood or `count` have been taken.
    private func readsUntilFlood(_ pace: inout ReadPace, gap: Int64, count: Int) -> Int? {
        for index in 1...count {
            let time = NIODeadline.uptimeNanoseconds(UInt64(index) * UInt64(gap) * 1_000)
            pace.didRead(200, at: time)
            if pace.isFlooded { return index }
        }
        return nil
    }

    @Test func `Reads below the pace never wait`() {
        var pace = ReadPace()
        #expect(readsUntilFlood(&pace, gap: 20, count: 10_000) == nil)
    }

    @Test func `Reads above the pace are a flood after two probes`() {
        var pace = ReadPace()
        #expect(readsUntilFlood(&pace, gap: 3, count: 100) == 2 * ReadPace.probeCount)
    }

    @Test func `A flood is judged anew after some reads`() {
        var pace = ReadPace()
        _ = readsUntilFlood(&pace, gap: 3, count: 100)
        for _ in 1..<ReadPace.heldCount { pace.didRead(20_000, at: .uptimeNanoseconds(1_000_000)) }
        #expect(pace.isFlooded)
        pace.didRead(20_000, at: .uptimeNanoseconds(1_000_000))
        #expect(!pace.isFlooded)
    }

    @Test func `Waiting ends when it gathers too little`() {
        var pace = ReadPace()
        _ = readsUntilFlood(&pace, gap: 3, count: 100)
        pace.didRead(200 * ReadPace.gatheredMin, at: .uptimeNanoseconds(1_000_000))
        #expect(pace.isFlooded)
        pace.didRead(200 * ReadPace.gatheredMin - 1, at: .uptimeNanoseconds(2_000_000))
        #expect(!pace.isFlooded)
    }
}
