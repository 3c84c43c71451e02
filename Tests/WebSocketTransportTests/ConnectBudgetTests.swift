import Testing
import WebSocketTransport

@Suite struct `Connect budget` {
    @Test func `lets the first twenty through and spreads the rest over the windows`() {
        let budget = ConnectBudget()
        let slots = (0..<50).map { _ in budget.reserve(notBefore: 1_000, now: 1_000) }
        #expect(slots[..<20].allSatisfy { $0 == 1_000 })
        #expect(slots[20..<40].allSatisfy { $0 == 301_000 })
        #expect(slots[40...].allSatisfy { $0 == 601_000 })
    }

    @Test(arguments: [1, 7, 1_234]) func `never allows more in any window, however it is asked`(seed: UInt64)
    {
        var random = `Reconnect backoff`.Lehmer(state: seed)
        let budget = ConnectBudget(connectCountMax: 5, windowMilliseconds: 1_000)
        var slots: [Int64] = []
        var now: Int64 = 0
        for _ in 0..<500 {
            now += Int64.random(in: 0...300, using: &random)
            slots.append(
                budget.reserve(notBefore: now + Int64.random(in: 0...400, using: &random), now: now)
            )
        }
        slots.sort()
        for index in 5..<slots.count { #expect(slots[index] - slots[index - 5] >= 1_000) }
    }

    @Test func `gives a slot that was called off to the next`() {
        let budget = ConnectBudget(connectCountMax: 1, windowMilliseconds: 1_000)
        #expect(budget.reserve(notBefore: 0, now: 0) == 0)
        let late = budget.reserve(notBefore: 0, now: 0)
        #expect(late == 1_000)
        budget.release(late)
        #expect(budget.reserve(notBefore: 5, now: 5) == 1_000)
        #expect(budget.reserve(notBefore: 3_000, now: 3_000) == 3_000)
    }
}
