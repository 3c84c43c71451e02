import Contracts
import EventKernel
import Glibc
import StoragePlane
import Testing

@Suite struct `Durability` {
    let scratch: Scratch
    let disk = ScriptedDisk()
    let health = HealthLog()
    let failures = Failures()
    init() throws { scratch = try Scratch() }

    private func writer(_ change: (inout JournalSettings) -> Void = { _ in }) throws -> JournalWriter {
        var settings = JournalSettings()
        change(&settings)
        let (health, failures) = (health, failures)
        return try JournalWriter(
            path: scratch.journal,
            settings: settings,
            disk: disk,
            onFailure: { failures.add($0) },
            onHealth: { health.add($0) }
        )
    }

    // MARK: Classes

    @Test func `is ahead for what is decided and done, and grouped for the market`() {
        for topic in Topic.allCases {
            let plane = topic.rawValue.prefix { $0 != ":" }
            switch plane {
            case "control", "risk", "exec": #expect(topic.durability == .writeAhead, "\(topic)")
            case "market", "analytics", "research": #expect(topic.durability == .grouped, "\(topic)")
            default: break
            }
        }
        #expect(Topic.strategyIntent.durability == .writeAhead)
        #expect(Topic.stateClock.durability == .grouped)
    }

    @Test func `of retention is long for control, risk, execution and portfolio`() {
        for topic in Topic.allCases {
            switch topic.rawValue.prefix(while: { $0 != ":" }) {
            case "control", "risk", "exec", "portfolio", "strategy":
                #expect(topic.retention == .long, "\(topic)")
            case "analytics" where topic != .analyticsMarketDriftDetected:
                #expect(topic.retention == .short, "\(topic)")
            default: break
            }
        }
        #expect(Topic.marketTrade.retention == .short && Topic.stateClock.retention == .short)
    }

    @Test func `comes at once for an event that allows something`() throws {
        let writer = try writer { $0.syncMillisecondsMax = 1_000_000 }
        let order = Order()
        writer.append(states(1))
        writer.whenDurable(1) { _ in order.add(1) }
        order.wait(for: 1)
        #expect(writer.durableHead.sequence == 1 && disk.syncCount == 1)
        try writer.close()
    }

    @Test func `of the market's events comes by itself within its time`() throws {
        let writer = try writer { ($0.syncMillisecondsMax, $0.groupMilliseconds) = (1, 1) }
        writer.append(clocks(3))
        while writer.durableHead.sequence < 3 {}
        #expect(disk.syncCount >= 1)
        try writer.close()
    }

    @Test func `of the market's events comes with the next that allows something`() throws {
        let writer = try writer { $0.syncMillisecondsMax = 1_000_000 }
        writer.append(clocks(3))
        writer.append(states(1, after: 3))
        while writer.durableHead.sequence < 4 {}
        #expect(disk.syncCount == 1)
        try writer.close()
    }

    @Test func `is asked for by whoever waits`() async throws {
        let writer = try writer { ($0.syncMillisecondsMax, $0.groupMilliseconds) = (1_000_000, 1_000_000) }
        writer.append(clocks(3))
        try await writer.awaitDurable(2)
        #expect(writer.durableHead.sequence == 3)
        try await writer.awaitDurable(3)
        try writer.close()
    }

    @Test func `is not waited for where a journal need only outlive its process`() throws {
        let writer = try writer { $0.durability = .process }
        writer.append(states(5))
        try writer.flush()
        #expect(writer.durableHead.sequence == 5 && disk.syncCount == 0)
        try writer.close()
    }

    @Test func `head is that of the chain on disk`() throws {
        let writer = try writer()
        writer.append(states(5))
        try writer.flush()
        let head = writer.durableHead
        try writer.close()
        let reader = try JournalReader(path: scratch.journal)
        #expect(try reader.chainHead() == head)
        #expect(JournalHead(head.description) == head)
        #expect(try reader.rows(in: 5...5).first?.hash == head.hash)
        // So whoever kept it can tell whether anything before it was written anew.
        #expect(try reader.confirms(head) == true)
        #expect(try reader.confirms(JournalHead(sequence: 4, hash: head.hash)) == false)
        #expect(try reader.confirms(JournalHead(sequence: 6, hash: head.hash)) == nil)
    }

    // MARK: The gate

    @Test func `holds an order back until the disk has what allows it (I1)`() throws {
        // Given: a disk that takes its time
        let writer = try writer()
        let gate = DurabilityGate(writer: writer)
        let sent = Order()
        disk.hold()
        writer.append(states(2))
        gate.release(after: 2, { sent.add(2) })
        // When: the rows are committed, and the sync waits
        disk.waitUntilHeld()
        #expect(writer.status.head == 2 && sent.all.isEmpty && gate.durable == 0)
        // Then
        disk.release()
        sent.wait(for: 1)
        #expect(sent.all == [2] && writer.durableHead.sequence == 2)
        try writer.close()
    }

    @Test func `lets through in the order of the numbers, and of the calls`() throws {
        let writer = try writer()
        let gate = DurabilityGate(writer: writer)
        let sent = Order()
        disk.hold()
        writer.append(states(1))
        disk.waitUntilHeld()
        // Asked for in another order, some for events that are yet to come
        for number: UInt64 in [5, 3, 1, 4, 2] { gate.release(after: number, { sent.add(number) }) }
        gate.release(after: 3, { sent.add(33) })
        writer.append(states(4, after: 1))
        disk.release()
        sent.wait(for: 6)
        #expect(sent.all == [1, 2, 3, 33, 4, 5])
        // And what the disk has is let through at once.
        gate.release(after: 2, { sent.add(6) })
        sent.wait(for: 1)
        #expect(sent.all.last == 6)
        try writer.close()
    }

    @Test func `is open without a journal`() async throws {
        let gate = DurabilityGate(writer: nil)
        let sent = Order()
        gate.release(after: 9, { sent.add(9) })
        #expect(sent.all == [9] && gate.durable == nil)
        try await gate.passed(9)
    }

    @Test func `never opens again once a sync has failed, and tells whoever waits`() async throws {
        // Given
        let writer = try writer()
        let gate = DurabilityGate(writer: writer)
        writer.append(states(1))
        try writer.flush()
        // When
        disk.fail(EIO)
        let (sent, lost) = (Order(), Order())
        gate.release(after: 2, { sent.add(2) }, lost: { _ in lost.add(2) })
        writer.append(states(1, after: 1))
        lost.wait(for: 1)
        disk.fail(0)
        // Then: no second try, though the disk would take it now
        let count = disk.syncCount
        gate.release(after: 2, { sent.add(3) }, lost: { _ in lost.add(3) })
        gate.release(after: 1, { sent.add(4) }, lost: { _ in lost.add(4) })
        lost.wait(for: 2)
        writer.append(states(1, after: 2))
        #expect(throws: JournalError.self) { try writer.flush() }
        await #expect(throws: JournalError.self) { try await gate.passed(1) }
        #expect(sent.all.isEmpty && disk.syncCount == count && writer.durableHead.sequence == 1)
        // And the daemon is told to crash.
        #expect(health.all.map(\.exitStatus) == [74] && health.all.allSatisfy { !$0.allowsTrading })
        guard case .fatal = try #require(health.all.last) else {
            Issue.record("not fatal: \(health.all)")
            return
        }
        #expect(failures.all.map(\.code) == ["journal.sync"])
        // The next run begins with what is there.
        #expect(try JournalReader(path: scratch.journal).check().isWhole)
    }

    @Test func `waits for a disk that takes two seconds, tells of it, and heals`() throws {
        // Given
        let writer = try writer()
        disk.slow(milliseconds: 2_000)
        // When
        writer.append(states(1))
        health.waitForNext()
        #expect(health.all == [.slow(milliseconds: 2_000)] && health.all.allSatisfy(\.allowsTrading))
        // Then
        disk.slow(milliseconds: 1)
        for number in 0..<20 {
            writer.append(states(1, after: UInt64(number) + 1))
            try writer.flush()
        }
        health.waitForNext()
        #expect(health.all.last == .ok && writer.status.syncP99Milliseconds == 2_000)
        try writer.close()
    }

    @Test func `gate closes where the disk stands still, and opens again`() throws {
        let writer = try writer { $0.stallMilliseconds = 5_000 }
        disk.hold()
        writer.append(states(1))
        disk.waitUntilHeld()
        disk.clock.advance(milliseconds: 6_000)
        health.waitForNext()
        #expect(health.all == [.stalled(milliseconds: 6_000)])
        #expect(health.all.allSatisfy { !$0.allowsTrading && $0.exitStatus == nil })
        disk.release()
        // The sync took six seconds: the journal waits no longer, and its disk is slow.
        health.waitForNext()
        #expect(health.all.last?.allowsTrading == true)
        try writer.close()
    }

    @Test func `keeps the thread that commits alive while a sync stands still`() throws {
        let writer = try writer()
        disk.hold()
        writer.append(states(1))
        disk.waitUntilHeld()
        let beats = Order()
        writer.heartbeat { beats.add(1) }
        beats.wait(for: 1)
        writer.append(states(3, after: 1))
        while writer.status.head < 4 {}
        #expect(writer.durableHead.sequence == 0)
        disk.release()
        try writer.close()
    }
}
