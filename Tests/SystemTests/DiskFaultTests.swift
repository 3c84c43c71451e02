import ControlProtocol
import Foundation
import Testing

@Suite struct `A daemon whose disk fails` {
    private static func small() -> DaemonSettings {
        var settings = DaemonSettings()
        settings.stateKilobytes = 24_576
        return settings
    }

    /// The kinds of halt that risk tells of.
    private static func halts(_ status: JSONValue) -> [String] {
        (status["risk"]?["halts"]?.array ?? []).compactMap { $0["kind"]?.string }
    }

    @Test(.enabled(if: StateDisk.isAvailable, "a small disk needs root"))
    func `stops entering before anything is lost, says why, and heals by itself (D1)`() async throws {
        try await withDaemon(Self.small()) { bot in
            let disk = try #require(bot.disk)
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.order()
            // When
            try disk.fill()
            _ = try await eventually("a halt for the journal, and why") {
                let status = try await bot.status()
                // A disk that is slow before it is full halts too.
                let isFull = status["journal"]?["failure"]?.string?.contains("full") == true
                return isFull && Self.halts(status).contains("journal") ? true : nil
            }
            // Then
            #expect(bot.daemon.errors.contains("the journal's disk is full"))
            // And when there is room again
            try disk.makeRoom()
            _ = try await eventually("no halt") {
                try await Self.halts(bot.status()).contains("journal") ? nil : true
            }
            let well = try await bot.row("state:journal", "ok") { $0["kind"]?.string == "ok" }
            let full = try #require(
                try bot.journal.rows("state:journal").first { $0.payload["kind"]?.string == "full" }
            )
            #expect(full.payload["allowsTrading"]?.bool == false && full.sequence < well.sequence)
            _ = try await bot.order(after: well.sequence)
            let extent = try bot.journal.extent()
            #expect(extent.first == 1 && extent.count == extent.last)
        }
    }

    @Test(.enabled(if: StateDisk.isAvailable, "a small disk needs root"))
    func `ends with 74 where the disk does not heal, and goes on from what it has (D1)`() async throws {
        try await withDaemon(Self.small()) { bot in
            let disk = try #require(bot.disk)
            try await bot.isLifecycle("RUNNING")
            try disk.fill()
            #expect(try await bot.daemon.exitStatus() == 74)
            #expect(bot.daemon.errors.contains("tradebotd ends with status 74"))
            try disk.makeRoom()
            try await bot.restartDaemon()
            try await bot.isLifecycle("RUNNING")
            let extent = try bot.journal.extent()
            #expect(extent.first == 1 && extent.count == extent.last)
        }
    }

    @Test(.enabled(if: StateDisk.isAvailable, "a small disk needs root"))
    func `does not start where nothing can be written, says so, and starts when it can (D1)`()
        async throws
    {
        try await withDaemon(Self.small()) { bot in
            let disk = try #require(bot.disk)
            try await bot.isLifecycle("RUNNING")
            bot.daemon.kill()
            _ = try await bot.daemon.exitStatus()
            try disk.setReadOnly(true)
            try await bot.restartDaemon()
            #expect(try await bot.daemon.exitStatus() != 0)
            #expect(bot.daemon.errors.contains("ead-only file system"), "\(bot.daemon.errors.suffix(1000))")
            try disk.setReadOnly(false)
            try await bot.restartDaemon()
            try await bot.isLifecycle("RUNNING")
        }
    }

    private static func faulty() -> DaemonSettings {
        var settings = DaemonSettings()
        settings.hasFaultyDisk = true
        return settings
    }

    @Test(.enabled(if: FaultyDisk.isAvailable, "no C compiler"))
    func `that is read-only closes the gate, and heals by itself (D1)`() async throws {
        try await withDaemon(Self.faulty()) { bot in
            let disk = try #require(bot.faultyDisk)
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.order()
            let before = try bot.journal.extent().last
            try disk.begin(.readOnly)
            _ = try await eventually("a halt for the journal") {
                try await Self.halts(bot.status()).contains("journal") ? true : nil
            }
            try disk.end(.readOnly)
            let failed = try await bot.row("state:journal", after: before, "failed") {
                $0["allowsTrading"]?.bool == false
            }
            let well = try await bot.row("state:journal", after: failed.sequence, "ok") {
                $0["kind"]?.string == "ok"
            }
            _ = try await bot.order(after: well.sequence)
            try await bot.endsWhole()
        }
    }

    @Test(.enabled(if: FaultyDisk.isAvailable, "no C compiler"))
    func `that takes two seconds is told of, and trading goes on (D3)`() async throws {
        try await withDaemon(Self.faulty()) { bot in
            let disk = try #require(bot.faultyDisk)
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.order()
            let before = try bot.journal.extent().last
            try disk.begin(.slow)
            let slow = try await bot.row("state:journal", after: before, "slow") {
                $0["kind"]?.string == "slow"
            }
            // It answers meanwhile and goes on: only a disk that stands still closes the gate.
            #expect(try await bot.status()["lifecycle"]?.string == "RUNNING")
            _ = try await bot.order(after: slow.sequence)
            #expect(slow.payload["allowsTrading"]?.bool == true)
            try disk.end(.slow)
            _ = try await bot.row("state:journal", after: slow.sequence, "ok") { $0["kind"]?.string == "ok" }
            try await bot.endsWhole()
        }
    }

    @Test(.enabled(if: FaultyDisk.isAvailable, "no C compiler"))
    func `whose sync fails is not trusted again: the daemon ends with 74 (D2)`() async throws {
        try await withDaemon(Self.faulty()) { bot in
            let disk = try #require(bot.faultyDisk)
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.order()
            try disk.begin(.syncFails)
            #expect(try await bot.daemon.exitStatus() == 74)
            #expect(bot.daemon.errors.contains("the journal's disk has lost what it was given"))
            try disk.end(.syncFails)
            try await bot.restartDaemon()
            try await bot.isLifecycle("RUNNING")
            let extent = try bot.journal.extent()
            _ = try await bot.order(after: extent.last)
            try await bot.endsWhole()
        }
    }
}

@Suite struct `A daemon that finds its journal` {
    /// Lets a daemon trade, kills it, and does something to the newest segment's files.
    private func afterKill(
        _ bot: DaemonFixture,
        _ harm: (_ segment: URL, _ log: URL) throws -> Void
    ) async throws {
        try await bot.isLifecycle("RUNNING")
        _ = try await bot.order()
        bot.daemon.kill()
        _ = try await bot.daemon.exitStatus()
        let names = try FileManager.default.contentsOfDirectory(atPath: bot.journal.folder)
        let segment = try #require(names.filter { $0.hasSuffix(".db") }.max())
        let file = URL(fileURLWithPath: bot.journal.folder).appendingPathComponent(segment)
        try harm(file, URL(fileURLWithPath: file.path + "-wal"))
        try await bot.restartDaemon()
    }

    private func cut(_ file: URL, to share: Double) throws {
        let size = try #require(try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int)
        let handle = try FileHandle(forWritingTo: file)
        try handle.truncate(atOffset: UInt64(Double(size) * share))
        try handle.close()
    }

    /// Cuts the last commit of a write-ahead log in its middle, as a write that the power ended.
    private func tearLastCommit(of log: URL) throws {
        let bytes = try Data(contentsOf: log)
        func number(_ place: Int) -> Int { bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
        let (headerBytes, frameHeaderBytes) = (32, 24)
        let frameBytes = frameHeaderBytes + number(8)
        let frames = stride(from: headerBytes, through: bytes.count - frameBytes, by: frameBytes)
        // Behind the newest frames a log that is written anew has old ones, with other salts.
        let own = frames.prefix { bytes[$0 + 8..<$0 + 16] == bytes[16..<24] }
        let commit = try #require(own.last { number($0 + 4) != 0 })
        let handle = try FileHandle(forWritingTo: log)
        try handle.truncate(atOffset: UInt64(commit + frameHeaderBytes + 100))
        try handle.close()
    }

    @Test func `with a torn end loses that alone, says so and goes on (D4)`() async throws {
        try await withDaemon { bot in
            try await afterKill(bot) { _, log in try tearLastCommit(of: log) }
            try await bot.isLifecycle("RUNNING")
            #expect(bot.daemon.errors.contains("the journal goes on after"))
            let extent = try bot.journal.extent()
            #expect(extent.first == 1 && extent.count == extent.last)
        }
    }

    @Test(arguments: ["cut off", "another program's", "of a newer version"])
    func `damaged refuses to trade, with 65 (D4)`(how: String) async throws {
        try await withDaemon { bot in
            try await afterKill(bot) { segment, log in
                switch how {
                case "cut off":
                    // With what the log holds the file would be whole again.
                    try FileManager.default.removeItem(at: log)
                    try cut(segment, to: 0.5)
                case "another program's":
                    try Data(repeating: 0x20, count: 65_536).write(to: segment)
                default:
                    let handle = try FileHandle(forUpdating: segment)
                    try handle.seek(toOffset: 60)
                    try handle.write(contentsOf: Data([0, 0, 0, 99]))
                    try handle.close()
                    try FileManager.default.removeItem(at: log)
                }
            }
            #expect(try await bot.daemon.exitStatus() == 65)
            #expect(bot.daemon.errors.contains("journal"))
        }
    }

    @Test func `with a file missing refuses to trade, with 65, until it is back (D4)`() async throws {
        var settings = DaemonSettings()
        settings.changes["journal.segment_mib"] = "1"
        settings.messagesPerSecond = 200
        try await withDaemon(settings) { bot in
            try await bot.isLifecycle("RUNNING")
            let folder = URL(fileURLWithPath: bot.journal.folder)
            let segments = try await eventually("three segments") {
                let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                let segments = names.filter { $0.hasSuffix(".db") }.sorted()
                return segments.count >= 4 ? segments : nil
            }
            bot.daemon.kill()
            _ = try await bot.daemon.exitStatus()
            let missing = folder.appendingPathComponent(segments[1])
            let away = bot.folder.appendingPathComponent("away")
            try FileManager.default.moveItem(at: missing, to: away)
            try await bot.restartDaemon()
            #expect(try await bot.daemon.exitStatus() == 65)
            #expect(bot.daemon.errors.contains("has no rows"), "\(bot.daemon.errors.suffix(1000))")
            try FileManager.default.moveItem(at: away, to: missing)
            try await bot.restartDaemon()
            try await bot.isLifecycle("RUNNING")
        }
    }
}
