import ControlProtocol
import Foundation
import GRDB

/// One row of the journal, as it is on disk.
struct JournalRow {
    let sequence: Int64
    let topic: String
    let isRoot: Bool
    let correlation: String?
    let payload: JSONValue
}

/// The daemon's journal, read beside it while it runs; nothing here can write.
struct JournalFile {
    let folder: String

    /// Rows with a number above `sequence`, of the topics that match one SQL `LIKE` pattern.
    func rows(_ topic: String = "%", after sequence: Int64 = 0) throws -> [JournalRow] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM events WHERE topic LIKE ? AND seq > ? ORDER BY seq",
                arguments: [topic, sequence]
            ).map(Self.row)
        }
    }

    /// Rows of one chain of cause and effect.
    func rows(correlation: String) throws -> [JournalRow] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM events WHERE correlation = ? ORDER BY seq",
                arguments: [correlation]
            ).map(Self.row)
        }
    }

    /// The first number, the last one and how many rows there are.
    func extent() throws -> (first: Int64, last: Int64, count: Int64) {
        try read { database in
            let row = try Row.fetchOne(database, sql: "SELECT min(seq), max(seq), count(*) FROM events")
            guard let row, let first: Int64 = row[0], let last: Int64 = row[1] else { return (0, 0, 0) }
            return (first, last, row[2])
        }
    }

    /// A test's journal has one segment, or is read at its end.
    private func newestSegment() throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let segments = names.filter { $0.hasPrefix("journal-") && $0.hasSuffix(".db") }.sorted()
        guard let newest = segments.last else { throw CocoaError(.fileNoSuchFile) }
        return folder + "/" + newest
    }

    private func read<Answer>(_ body: (Database) throws -> Answer) throws -> Answer {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let queue = try DatabaseQueue(path: newestSegment(), configuration: configuration)
        defer { try? queue.close() }
        return try queue.read(body)
    }

    private static func row(_ row: Row) throws -> JournalRow {
        let payload: String = row["payload"]
        return JournalRow(
            sequence: row["seq"],
            topic: row["topic"],
            isRoot: row["root"],
            correlation: row["correlation"],
            payload: try JSONValue(parsing: Array(payload.utf8))
        )
    }
}
