import Contracts
import GRDB

/// Reads a journal while it is being written, or at rest; changes nothing.
package struct JournalReader: Sendable {
    package let path: String
    private let database: DatabaseQueue

    /// Opens the journal at `path`, which must be there.
    package init(path: String) throws(JournalError) {
        var configuration = Configuration()
        configuration.label = "journal-reader"
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in try JournalSchema.admit(database, path: path) }
        do {
            database = try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw JournalSchema.explain(error, path: path) { .cannotOpen(path: path, why: $0) }
        }
        self.path = path
    }

    /// The newest event's number; 0 in an empty journal.
    package func head() throws(JournalError) -> UInt64 { try read(JournalSchema.head) }

    /// The rows of a range of numbers, in order, `limit` of them at most.
    package func rows(
        in range: ClosedRange<UInt64>,
        limit: Int = 10_000
    ) throws(JournalError) -> [JournalRow] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM events WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?",
                arguments: [Int64(clamping: range.lowerBound), Int64(clamping: range.upperBound), limit]
            ).map(JournalRow.init)
        }
    }

    /// All that followed from one intent or command, in order.
    package func rows(
        correlation: CorrelationID,
        limit: Int = 10_000
    ) throws(JournalError) -> [JournalRow] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM events WHERE correlation = ? ORDER BY seq LIMIT ?",
                arguments: [correlation.description, limit]
            ).map(JournalRow.init)
        }
    }

    /// Hands every row from `sequence` on to `body`, in order, without holding them all.
    package func forEachRow(
        from sequence: UInt64 = 1,
        rootsOnly: Bool = false,
        _ body: (JournalRow) throws -> Void
    ) throws {
        let condition = rootsOnly ? "AND root = 1" : ""
        try database.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: "SELECT * FROM events WHERE seq >= ? \(condition) ORDER BY seq",
                arguments: [Int64(clamping: sequence)]
            )
            while let row = try rows.next() { try body(JournalRow(row)) }
        }
    }

    /// How many events each topic has, by the topic's name.
    package func countsByTopic() throws(JournalError) -> [(topic: String, count: Int)] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT topic, count(*) AS count FROM events GROUP BY topic ORDER BY topic"
            ).map { ($0["topic"], $0["count"]) }
        }
    }

    /// The newest snapshot of `part` whose body is JSON; a damaged one is passed over for the one before it.
    package func newestSnapshot(of part: StatefulPart) throws(JournalError) -> KeptSnapshot? {
        try read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT * FROM snapshots WHERE part = ? AND version > 0 AND json_valid(body)
                        ORDER BY seq DESC LIMIT 1
                    """,
                arguments: [part.rawValue]
            ).map { row in
                KeptSnapshot(
                    part: part,
                    sequence: UInt64(bitPattern: row["seq"] as Int64),
                    ts: row["ts"],
                    version: row["version"],
                    body: row["body"]
                )
            }
        }
    }

    /// Lets go of the file.
    package func close() throws(JournalError) {
        do {
            try database.close()
        } catch {
            throw JournalSchema.explain(error, path: path) { .cannotRead(path: path, why: $0) }
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(JournalError) -> Value {
        do {
            return try database.read(body)
        } catch {
            throw JournalSchema.explain(error, path: path) { .cannotRead(path: path, why: $0) }
        }
    }
}

/// One part's state as the journal keeps it.
package struct KeptSnapshot: Hashable, Sendable {
    package let part: StatefulPart
    /// The number of the `state:snapshot` that brought it.
    package let sequence: UInt64
    package let ts: UnixMilliseconds
    package let version: Int
    package let body: String
}
