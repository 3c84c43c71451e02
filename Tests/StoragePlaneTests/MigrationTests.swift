import Contracts
import FoundationEssentials
import GRDB
import StoragePlane
import Testing

/// Every version's file that our own code once made, in `Fixtures`.
@Suite struct `A journal of an earlier version` {
    let scratch: Scratch
    init() throws { scratch = try Scratch() }

    private static func fixture(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
    }

    private func bring(_ name: String, as target: String) throws {
        try FileManager.default.createDirectory(
            atPath: URL(filePath: target).deletingLastPathComponent().path,
            withIntermediateDirectories: true
        )
        try FileManager.default.copyItem(atPath: Self.fixture(name).path, toPath: target)
    }

    /// Read from a copy: opening the fixture would leave a log's files beside it.
    private func textsOfFirstVersion() throws -> [String] {
        let copy = scratch.folder + "/fixture.db"
        if !FileManager.default.fileExists(atPath: copy) { try bring("journal-version-1.db", as: copy) }
        let file = try DatabaseQueue(path: copy)
        return try file.read { try String.fetchAll($0, sql: "SELECT payload FROM events ORDER BY seq") }
    }

    @Test func `1 can be read as it is`() throws {
        let path = scratch.folder + "/journal.db"
        try bring("journal-version-1.db", as: path)
        let reader = try JournalReader(path: path)
        let check = try reader.check()
        #expect(check.isWhole && check.count == 90 && !check.hasChain && check.head == nil)
        #expect(try reader.rows(in: 1...UInt64.max).map(\.payload) == textsOfFirstVersion())
        #expect(try reader.rows(JournalQuery(topics: ["market:*"])).count > 10)
        #expect(try reader.newestSnapshot(of: .portfolio)?.body == #"{"part":"portfolio"}"#)
        #expect(try reader.newestSnapshots().snapshots.count == StatefulPart.allCases.count)
    }

    @Test func `1 is taken in as the first segment, and goes on`() throws {
        // Given
        let old = scratch.folder + "/journal.db"
        try bring("journal-version-1.db", as: old)
        let texts = try textsOfFirstVersion()
        // When
        let writer = try JournalWriter(path: old)
        #expect(writer.head == 90 && writer.opening.migratedCount == 90 && writer.path == scratch.journal)
        writer.append(clocks(5, after: 90, at: 1_800_000_000_000))
        try writer.close()
        // Then: the same rows, now with a chain, and the old file is gone
        #expect(!FileManager.default.fileExists(atPath: old))
        let reader = try JournalReader(path: old)
        let check = try reader.check()
        #expect(check.isWhole && check.count == 95 && check.hasChain && check.head?.sequence == 95)
        #expect(try reader.rows(in: 1...90).map(\.payload) == texts)
        #expect(try reader.newestSnapshot(of: .portfolio)?.body == #"{"part":"portfolio"}"#)
        // Once only.
        let next = try JournalWriter(path: old)
        #expect(next.opening.migratedCount == nil && next.head == 95)
        try next.close()
    }

    @Test func `1 that was taken in when the daemon was killed is not taken in twice`() throws {
        let old = scratch.folder + "/journal.db"
        try bring("journal-version-1.db", as: old)
        try JournalWriter(path: old).close()
        try bring("journal-version-1.db", as: old)
        let writer = try JournalWriter(path: old)
        #expect(writer.head == 90 && writer.opening.migratedCount == nil)
        try writer.close()
        #expect(!FileManager.default.fileExists(atPath: old))
    }

    @Test func `1 with a gap is refused and stays as it is`() throws {
        let old = scratch.folder + "/journal.db"
        try bring("journal-version-1.db", as: old)
        let file = try DatabaseQueue(path: old)
        try file.write { try $0.execute(sql: "DELETE FROM events WHERE seq = 40") }
        try file.close()
        #expect(throws: JournalError.missing(path: old, from: 40, to: 40)) { try JournalWriter(path: old) }
        #expect(FileManager.default.fileExists(atPath: old))
        #expect(try scratch.segmentFiles == [])
    }

    @Test func `2 is read and written as today's`() throws {
        try bring("journal-version-2.db", as: scratch.segment())
        let reader = try JournalReader(path: scratch.journal)
        let check = try reader.check()
        #expect(check.isWhole && check.count == 98 && check.hasChain)
        #expect(
            check.head?.hash.description == "caca513df2988e3ad5cae31160f1f0809c9ff41a9ee65bf7a5480a5e98cb5504"
        )
        #expect(try reader.recoveryPoint().asOf == 90)
        try reader.close()
        let writer = try JournalWriter(path: scratch.journal)
        #expect(writer.head == 98 && writer.opening.remarks.isEmpty)
        try writer.close()
    }
}
