import Contracts
import GRDB
import GRDBSQLite
import Glibc

/// Reads one segment, or a file of version 1, while it is being written or at rest; changes nothing.
final class SegmentReader: Sendable {
    let path: String
    let version: Int
    let names: SegmentNames
    let database: DatabaseQueue

    /// Opens a plain file; `shownPath` is what errors call it.
    init(path: String, shownPath: String? = nil) throws(JournalError) {
        let shown = shownPath ?? path
        self.path = shown
        var configuration = Configuration()
        configuration.label = "journal-reader"
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            database = try DatabaseQueue(path: path, configuration: configuration)
            (version, names) = try database.read { database in
                let version = try SegmentSchema.admit(database, path: shown)
                return (version, try SegmentNames(database, version: version))
            }
        } catch {
            throw SQLiteError.explain(error, path: shown) { .cannotOpen(path: shown, why: $0) }
        }
    }

    /// Opens a compressed segment: unpacked into a private file that is gone when this reader is.
    convenience init(unpacking path: String) throws(JournalError) {
        let file = try FileSystem.makeTemporary("tradebot-journal")
        // SQLite keeps the open file; its name is of no more use.
        defer {
            Glibc.close(file.descriptor)
            try? FileSystem.remove(file.path)
        }
        try GzipFile.decompress(path, into: file.descriptor)
        guard FileSystem.size(of: file.path) != 0 else { throw .damaged(path: path, why: "it is cut off") }
        try self.init(path: file.path, shownPath: path)
    }

    // MARK: Facts

    /// Nil in version 1.
    func facts() throws(JournalError) -> SegmentFacts? {
        guard version > SegmentSchema.firstVersion else { return nil }
        return try read { database in try SegmentSchema.facts(database, path: path) }
    }

    /// The newest row; a file of version 1 has no links.
    func head() throws(JournalError) -> (sequence: UInt64, hash: ChainHash?) {
        try read { database in
            if version == SegmentSchema.firstVersion {
                let last = try Int64.fetchOne(database, sql: "SELECT max(seq) FROM events") ?? 0
                return (UInt64(clamping: last), nil)
            }
            let head = try SegmentSchema.head(database, try SegmentSchema.facts(database, path: path))
            return (head.sequence, head.hash)
        }
    }

    func tombstones() throws(JournalError) -> [Tombstone] {
        guard version > SegmentSchema.firstVersion else { return [] }
        return try read { database in
            try Row.fetchAll(database, sql: "SELECT first, last, hash FROM tombstones ORDER BY first").map {
                Tombstone(
                    first: UInt64(clamping: try $0.whole(0)),
                    last: UInt64(clamping: try $0.whole(1)),
                    hash: try $0.hash(2)
                )
            }
        }
    }

    /// A snapshot's place: its row, whose state it is, and the number of the request that it answers.
    struct SnapshotPlace: Hashable {
        let sequence: UInt64
        let part: String
        let request: Int64?
    }

    /// Where the snapshots are, oldest first.
    func snapshots() throws(JournalError) -> [SnapshotPlace] {
        try read { database in
            let request = version > SegmentSchema.firstVersion ? "request" : "NULL"
            return try Row.fetchAll(
                database,
                sql: "SELECT seq, part, \(request) FROM snapshots ORDER BY seq"
            ).map { row in
                let isNull = (row[2] as DatabaseValue).isNull
                return SnapshotPlace(
                    sequence: UInt64(clamping: try row.whole(0)),
                    part: try row.text(1),
                    request: isNull ? nil : try row.whole(2)
                )
            }
        }
    }

    // MARK: Rows

    /// Hands the rows of `condition` to `body`, in its order, until that returns false.
    ///
    /// - Errors: what `body` throws, or a ``JournalError``. `body` must not read from this segment.
    func scan(
        _ condition: String,
        _ arguments: StatementArguments = [],
        _ body: (borrowing RowView) throws -> Bool
    ) throws {
        let (columns, table) =
            version == SegmentSchema.firstVersion
            ? (SegmentSchema.firstVersionColumns, "events") : (SegmentSchema.columns, "entries")
        do {
            try database.read { database in
                let statement = try database.cachedStatement(
                    sql: "SELECT \(columns) FROM \(table) \(condition)"
                )
                try statement.setArguments(arguments)
                let step = unsafe statement.sqliteStatement
                defer { unsafe sqlite3_reset(step) }
                while true {
                    let result = unsafe sqlite3_step(step)
                    if result == SQLITE_DONE { return }
                    guard result == SQLITE_ROW else {
                        throw DatabaseError(
                            resultCode: ResultCode(rawValue: result),
                            message: database.lastErrorMessage
                        )
                    }
                    guard let row = unsafe RowView(step, names) else {
                        throw JournalError.damaged(path: path, why: "a row has columns of another kind")
                    }
                    guard try body(row) else { return }
                }
            }
        } catch let error as DatabaseError {
            throw SQLiteError.explain(error, path: path) { .cannotRead(path: path, why: $0) }
        }
    }

    func close() throws(JournalError) {
        do {
            try database.close()
        } catch {
            throw SQLiteError.explain(error, path: path) { .cannotRead(path: path, why: $0) }
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(JournalError) -> Value {
        do {
            return try database.read(body)
        } catch {
            throw SQLiteError.explain(error, path: path) { .cannotRead(path: path, why: $0) }
        }
    }
}
