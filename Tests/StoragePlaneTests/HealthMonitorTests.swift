import Testing

@testable import StoragePlane

@Suite struct `The journal's health` {
    private var monitor = HealthMonitor(JournalSettings())

    @Test mutating func `is well until something happens`() {
        #expect(monitor.health == .ok && monitor.passed(to: 1_000_000) == nil && monitor.syncP99 == 0)
    }

    @Test mutating func `is full or failed while writes fail, and heals with the first that succeeds`() {
        #expect(monitor.failed(.full(why: "no room"), at: 0) == .full(why: "no room"))
        // The same again is not told again.
        #expect(monitor.failed(.full(why: "no room at all"), at: 5_000) == nil)
        #expect(monitor.failed(.failed(why: "read only"), at: 6_000) == .failed(why: "read only"))
        #expect(monitor.committed(at: 7_000) == .ok)
    }

    @Test mutating func `is lost where writes fail for ten seconds, and stays so`() {
        _ = monitor.failed(.full(why: "no room"), at: 100)
        #expect(monitor.passed(to: 10_099) == nil)
        let lost = monitor.passed(to: 10_100)
        #expect(lost == .lost(why: "the journal's disk is full: no room") && lost?.exitStatus == 74)
        #expect(monitor.committed(at: 10_200) == nil && monitor.health == lost)
    }

    @Test mutating func `counts the ten seconds anew after a success`() {
        _ = monitor.failed(.full(why: "no room"), at: 0)
        _ = monitor.committed(at: 9_000)
        _ = monitor.failed(.full(why: "no room"), at: 9_500)
        #expect(monitor.passed(to: 19_000) == nil)
        #expect(monitor.passed(to: 19_500)?.exitStatus == 74)
    }

    @Test mutating func `is stalled while what was appended waits too long, and moves on with each advance`()
    {
        monitor.began(at: 0)
        monitor.began(at: 4_000)
        #expect(monitor.passed(to: 4_999) == nil)
        #expect(monitor.passed(to: 5_000) == .stalled(milliseconds: 5_000))
        #expect(monitor.advanced(at: 6_000, goesOn: true) == .ok)
        #expect(monitor.passed(to: 10_999) == nil)
        #expect(monitor.passed(to: 11_000) == .stalled(milliseconds: 5_000))
        #expect(monitor.advanced(at: 12_000, goesOn: false) == .ok)
        #expect(monitor.passed(to: 100_000) == nil)
    }

    @Test mutating func `is slow from one long sync until twenty short ones in a row`() {
        #expect(monitor.synced(in: 501, at: 0) == .slow(milliseconds: 501))
        for _ in 0..<19 { #expect(monitor.synced(in: 500, at: 0) == nil) }
        #expect(monitor.synced(in: 900, at: 0) == nil)
        for _ in 0..<19 { #expect(monitor.synced(in: 3, at: 0) == nil) }
        #expect(monitor.synced(in: 3, at: 0) == .ok)
        #expect(monitor.syncP99 == 900)
    }

    @Test mutating func `is fatal for ever once the disk has lost something`() {
        #expect(monitor.broke("gone", at: 0) == .fatal(why: "gone"))
        #expect(monitor.committed(at: 1) == nil && monitor.synced(in: 1, at: 2) == nil)
        #expect(monitor.health.exitStatus == 74 && !monitor.health.allowsTrading)
    }
}
