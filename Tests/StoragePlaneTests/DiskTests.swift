import Contracts
import FoundationEssentials
import Glibc
import StoragePlane
import Testing

/// A small disk of a test's own, where the machine lets us have one (root).
final class SmallDisk {
    let path: String

    /// Nil where it cannot be mounted; says why.
    init?(kilobytes: Int) {
        path = FileManager.default.temporaryDirectory.path + "/tradebot-disk-" + UUID().uuidString
        guard
            (try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true))
                != nil,
            run(["/bin/mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path]) == 0
        else {
            print("skipped: no small disk can be mounted here (it needs root)")
            return nil
        }
    }

    func remount(_ options: String) { #expect(run(["/bin/mount", "-o", "remount,\(options)", path]) == 0) }

    deinit {
        _ = run(["/bin/umount", "-l", path])
        try? FileManager.default.removeItem(atPath: path)
    }
}

@Suite(.serialized) struct `A full or broken disk` {
    let health = HealthLog()
    let failures = Failures()

    private func writer(_ path: String, _ change: (inout JournalSettings) -> Void) throws -> JournalWriter {
        var settings = JournalSettings()
        settings.retryDelayMinMilliseconds = 1
        settings.retryDelayMaxMilliseconds = 2
        change(&settings)
        let (health, failures) = (health, failures)
        return try JournalWriter(
            path: path + "/journal",
            settings: settings,
            onFailure: { failures.add($0) },
            onHealth: { health.add($0) }
        )
    }

    @Test func `closes the gate, keeps every event and heals when there is room again`() throws {
        guard let disk = SmallDisk(kilobytes: 1_024) else { return }
        let writer = try writer(disk.path) { _ in }
        // When: more than fits
        let entries = mixed(6_000)
        for piece in pieces(entries) { writer.append(piece) }
        health.waitForNext()
        // Then
        guard case .full(let why) = try #require(health.all.first) else {
            Issue.record("not full: \(health.all)")
            return
        }
        #expect(why.contains("full") && health.all.allSatisfy { !$0.allowsTrading })
        let gate = DurabilityGate(writer: writer)
        let sent = Order()
        gate.release(after: 6_000, { sent.add(1) })
        #expect(writer.status.head < 6_000 && writer.status.failure != nil && sent.all.isEmpty)
        // And when there is room
        disk.remount("size=64m")
        health.waitForNext()
        sent.wait(for: 1)
        #expect(health.all.last == .ok && writer.status.failure == nil)
        try writer.close()
        let check = try JournalReader(path: disk.path + "/journal").check()
        #expect(check.isWhole && check.count == 6_000)
        #expect(failures.all.allSatisfy { $0.code == "journal.write" } && !failures.all.isEmpty)
    }

    @Test func `ends the daemon where it does not heal in time`() throws {
        guard let disk = SmallDisk(kilobytes: 512) else { return }
        let writer = try writer(disk.path) { $0.healMillisecondsMax = 50 }
        for piece in pieces(mixed(6_000)) { writer.append(piece) }
        while health.all.last?.exitStatus == nil { health.waitForNext() }
        guard case .lost = try #require(health.all.last) else {
            Issue.record("not lost: \(health.all)")
            return
        }
        #expect(health.all.last?.exitStatus == 74)
        disk.remount("size=64m")
        try writer.close()
    }

    @Test func `that can only be read closes the gate too`() throws {
        guard let disk = SmallDisk(kilobytes: 65_536) else { return }
        let writer = try writer(disk.path) { _ in }
        writer.append(states(5))
        try writer.flush()
        // tmpfs refuses to become read-only while a file is open for writing, so a bind mount over it does.
        guard run(["/bin/mount", "--bind", disk.path, disk.path]) == 0 else {
            print("skipped: no bind mount here")
            return try writer.close()
        }
        defer { _ = run(["/bin/umount", "-l", disk.path]) }
        #expect(run(["/bin/mount", "-o", "remount,bind,ro", disk.path]) == 0)
        // What is open stays writable there; a new journal cannot be made, and says why.
        let error = #expect(throws: JournalError.self) {
            try JournalWriter(path: disk.path + "/other")
        }
        #expect(error?.code == "journal.open")
        try? writer.close()
    }

    @Test func `that refuses larger files closes the gate and heals`() throws {
        // Given: the process may not make files larger than this
        let scratch = try Scratch()
        let writer = try writer(scratch.folder) { _ in }
        writer.append(states(5))
        try writer.flush()
        signal(SIGXFSZ, SIG_IGN)
        var before = rlimit()
        unsafe #expect(getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &before) == 0)
        var limit = before
        limit.rlim_cur = 300_000
        unsafe #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
        // When
        for piece in pieces(mixed(6_000, after: 5)) { writer.append(piece) }
        health.waitForNext()
        let first = health.all.first
        // Then
        unsafe #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &before) == 0)
        #expect(first?.allowsTrading == false)
        health.waitForNext()
        #expect(health.all.last == .ok)
        try writer.close()
        #expect(try JournalReader(path: scratch.folder + "/journal").check().count == 6_005)
    }
}
