import Contracts
import FoundationEssentials
import GRDB
import StoragePlane
import TestKit
import Testing

@Suite struct `A journal file` {
    let scratch: Scratch
    init() throws { scratch = try Scratch() }

    @Test func `is refused where a newer program wrote it`() throws {
        try JournalWriter(path: scratch.journal).close()
        let file = try DatabaseQueue(path: scratch.segment())
        try file.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 99") }
        try file.close()
        let error = JournalError.newerVersion(path: scratch.segment(), found: 99, known: 2)
        #expect(throws: error) { try JournalWriter(path: scratch.journal) }
        #expect(throws: error) { try JournalReader(path: scratch.journal) }
    }

    @Test func `is refused where it is some other program's`() throws {
        try scratch.makeFolder()
        let file = try DatabaseQueue(path: scratch.segment())
        try file.write { try $0.execute(sql: "CREATE TABLE player(id INTEGER PRIMARY KEY)") }
        try file.close()
        let error = #expect(throws: JournalError.self) { try JournalWriter(path: scratch.journal) }
        #expect(error?.code == "journal.foreign")
    }

    @Test func `is refused where it is no database`() throws {
        try scratch.makeFolder()
        try Data("this is a shopping list and no journal at all, believe me".utf8)
            .write(to: URL(filePath: scratch.segment()))
        let error = #expect(throws: JournalError.self) { try JournalWriter(path: scratch.journal) }
        #expect(error?.code == "journal.foreign")
    }

    @Test func `is refused where its folder is missing`() {
        let error = #expect(throws: JournalError.self) {
            try JournalWriter(path: scratch.folder + "/no/journal.db")
        }
        #expect(error?.code == "journal.open")
    }

    @Test func `says that it is damaged`() throws {
        // Given
        let writer = try JournalWriter(path: scratch.journal)
        writer.append(clocks(5000))
        try writer.close()
        // When: some pages are overwritten
        let handle = try #require(FileHandleLike(path: scratch.segment()))
        try handle.overwrite(from: 8192 * 3, count: 8192 * 8)
        // Then
        let damage: [String]
        do {
            damage = try JournalReader(path: scratch.journal).check().damage
        } catch {
            damage = [error.code]
        }
        #expect(!damage.isEmpty)
    }

    @Test func `shows a gap, a time that goes back and a payload that is another one`() throws {
        let writer = try JournalWriter(path: scratch.journal)
        writer.append(clocks(10))
        try writer.close()
        let file = try DatabaseQueue(path: scratch.segment())
        try file.write { database in
            try database.execute(
                sql: """
                    DELETE FROM entries WHERE seq IN (4, 5);
                    UPDATE entries SET ts = 1 WHERE seq = 7;
                    UPDATE entries SET payload = '{' WHERE seq = 9;
                    """
            )
        }
        try file.close()
        let check = try JournalReader(path: scratch.journal).check()
        #expect(check.gaps.map(\.from) == [4] && check.gaps.map(\.to) == [5])
        #expect(check.backwardCount == 1 && check.count == 8 && !check.isWhole)
        #expect(check.breaks.map(\.sequence) == [7, 9])
    }

    @Test func `finds a chain by its correlation and counts the topics`() throws {
        let writer = try JournalWriter(path: scratch.journal)
        writer.append(numbered(Samples.all))
        try writer.close()
        let reader = try JournalReader(path: scratch.journal)
        let chain = try reader.rows(correlation: .intent(41))
        #expect(
            chain.map(\.topic) == [
                "strategy:intent", "risk:approved_intent", "risk:rejected_intent", "exec:order_event",
                "exec:order_event",
            ]
        )
        let counts = try reader.countsByTopic()
        #expect(counts.map(\.topic) == Topic.allCases.map(\.rawValue).sorted())
        #expect(counts.reduce(0) { $0 + $1.count } == Samples.all.count)
        var roots = 0
        try reader.forEachRow(rootsOnly: true) { _ in roots += 1 }
        #expect(roots == Samples.all.count)
    }

    @Test func `opens in the sqlite3 shell`() throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3") else {
            print("skipped: there is no sqlite3 shell here")
            return
        }
        let writer = try JournalWriter(path: scratch.journal)
        writer.append(clocks(3))
        try writer.flush()
        let text = try shell(
            "SELECT count(*), json_extract(payload, '$.meta.seq'), topic FROM events WHERE seq <= 3"
        )
        #expect(text == "3|1|state:clock\n" || text == "3|3|state:clock\n")
        try writer.close()
    }

    private func shell(_ sql: String) throws -> String {
        let output = scratch.folder + "/output"
        let status = run(["/usr/bin/sqlite3", scratch.segment(), ".output \(output)", sql])
        #expect(status == 0)
        return String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self)
    }
}
