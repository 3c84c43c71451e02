import Contracts
import GRDB
import GRDBSQLite

/// The segment that is being written; used by one thread at a time.
///
/// Commits reach the write-ahead log at once and the disk when ``log`` is synced; what SQLite syncs itself is the
/// way from the log into the main file.
final class SegmentFile {
    let path: String
    let log: LogDescriptor
    private(set) var facts: SegmentFacts
    private(set) var head: JournalHead
    /// The UTC day of the first row; nil in an empty segment.
    private(set) var day: Int64?
    /// The time of the newest row; 0 in an empty segment.
    private(set) var newest: UnixMilliseconds
    /// About how many bytes it has.
    private(set) var byteCount: Int

    private let settings: JournalSettings
    private let database: DatabaseQueue
    private let topics: [Int64]
    private let sources: [Int64]
    private var bytesInLog = 0

    /// Opens a segment that is there; `cutting` what follows the given number.
    init(path: String, settings: JournalSettings, cuttingAfter last: UInt64? = nil) throws(JournalError) {
        self.path = path
        self.settings = settings
        do {
            database = try DatabaseQueue(path: path, configuration: Self.configuration(path))
            (facts, head, day, newest, topics, sources) = try database.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0")
                try database.execute(sql: "PRAGMA cache_size = -16384")
                var opened: (SegmentFacts, JournalHead, Int64?, UnixMilliseconds, [Int64], [Int64])?
                try database.inTransaction(.immediate) {
                    if let last { try Self.cut(after: last, in: database) }
                    var facts = try SegmentSchema.facts(database, path: path)
                    facts.state = .open
                    try SegmentSchema.set(facts, in: database)
                    let span = try SegmentSchema.span(database)
                    opened = (
                        facts, try SegmentSchema.head(database, facts),
                        span.map { UTCDay.number(of: $0.first) }, span?.last ?? 0,
                        try SegmentSchema.numbers(of: Topic.allCases.map(\.rawValue), in: "topics", database),
                        try SegmentSchema.numbers(
                            of: EventMeta.Source.allCases.map(\.rawValue),
                            in: "sources",
                            database
                        )
                    )
                    return .commit
                }
                guard let opened else { throw DatabaseError(message: "the segment's facts were not read") }
                // That it is open stands in the main file, so that a missing log is seen.
                try database.checkpoint(.passive)
                return opened
            }
            byteCount = Int(FileSystem.size(of: path) ?? 0)
        } catch {
            throw SQLiteError.explain(error, path: path) { .cannotOpen(path: path, why: $0) }
        }
        log = try LogDescriptor(segment: path)
    }

    private static func configuration(_ path: String) -> Configuration {
        var configuration = Configuration()
        configuration.label = "journal"
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in try SegmentSchema.admit(database, path: path) }
        return configuration
    }

    private static func cut(after last: UInt64, in database: Database) throws {
        for table in ["entries", "snapshots"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE seq > ?", arguments: [Int64(last)])
        }
    }

    // MARK: Rows

    /// Whether `row` belongs to the next segment.
    func isComplete(before row: EncodedRows.Row) -> Bool {
        guard let day else { return false }
        return byteCount >= settings.segmentBytesMax || UTCDay.number(of: row.ts) != day
    }

    /// Commits the rows of `range`, all or none.
    func write(_ rows: EncodedRows, _ range: Range<Int>) throws {
        guard !range.isEmpty else { return }
        try database.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                try insert(rows, range, in: database)
                try keep(rows.snapshots, through: rows.rows[range.upperBound - 1].seq, in: database)
                return .commit
            }
        }
        let (first, last) = (rows.rows[range.lowerBound], rows.rows[range.upperBound - 1])
        if day == nil { day = UTCDay.number(of: first.ts) }
        if let hash = ChainHash(rows.bytes[last.hash..<last.hash + ChainHash.byteCount]) {
            head = JournalHead(sequence: UInt64(last.seq), hash: hash)
        }
        newest = max(newest, last.ts)
        let bytes = last.hash - first.payload.lowerBound + range.count * Self.bytesPerRow
        byteCount += bytes
        bytesInLog += bytes + Self.pagesPerCommit * settings.pageBytes
    }

    /// What a row takes besides its payload, and what every commit writes anew: near enough to decide by.
    private static let bytesPerRow = 24
    private static let pagesPerCommit = 3

    /// Reads the head anew: after an error nobody knows whether the commit went through.
    func refreshHead() throws {
        head = try database.read { database in try SegmentSchema.head(database, facts) }
    }

    /// Binds and steps by hand: four in five of GRDB's nanoseconds a row go into its arguments.
    private func insert(_ rows: EncodedRows, _ range: Range<Int>, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO entries(seq, ts, topic, source, correlation, root, hash, payload)
                    VALUES(?,?,?,?,?,?,?,?)
                """
        )
        let step = unsafe statement.sqliteStatement
        // The bytes stay where they are until this returns, so SQLite need not copy them.
        let failure = unsafe rows.bytes.withUnsafeBytes { bytes -> CInt? in
            guard let base = bytes.baseAddress else { return nil }
            for row in rows.rows[range] {
                unsafe sqlite3_bind_int64(step, 1, row.seq)
                unsafe sqlite3_bind_int64(step, 2, row.ts)
                unsafe sqlite3_bind_int64(step, 3, topics[row.topic])
                unsafe sqlite3_bind_int64(step, 4, sources[row.source])
                if row.correlation.isEmpty {
                    unsafe sqlite3_bind_null(step, 5)
                } else {
                    unsafe Self.bind(row.correlation, of: base, to: step, at: 5)
                }
                unsafe sqlite3_bind_int(step, 6, row.isRoot ? 1 : 0)
                unsafe sqlite3_bind_blob(step, 7, base + row.hash, CInt(ChainHash.byteCount), nil)
                unsafe Self.bind(row.payload, of: base, to: step, at: 8)
                let result = unsafe sqlite3_step(step)
                unsafe sqlite3_reset(step)
                guard result == SQLITE_DONE else { return result }
            }
            return nil
        }
        unsafe sqlite3_clear_bindings(step)
        guard let failure else { return }
        throw DatabaseError(resultCode: ResultCode(rawValue: failure), message: database.lastErrorMessage)
    }

    @inline(__always)
    private static func bind(
        _ range: Range<Int>,
        of base: UnsafeRawPointer,
        to step: OpaquePointer,
        at index: CInt
    ) {
        let text = unsafe (base + range.lowerBound).assumingMemoryBound(to: CChar.self)
        unsafe sqlite3_bind_text(step, index, text, CInt(range.count), nil)
    }

    private func keep(_ snapshots: [EncodedRows.Snapshot], through last: Int64, in database: Database) throws
    {
        for snapshot in snapshots where snapshot.seq > Int64(head.sequence) && snapshot.seq <= last {
            try database.cachedStatement(
                sql: "INSERT INTO snapshots(seq, part, request) VALUES(?, ?, ?)"
            ).execute(arguments: [snapshot.seq, snapshot.part.rawValue, snapshot.request])
        }
    }

    // MARK: Ends

    /// Takes the log into the main file when it has grown enough.
    func checkpointIfDue() throws {
        guard bytesInLog >= settings.checkpointPages * settings.pageBytes else { return }
        bytesInLog = 0
        _ = try database.writeWithoutTransaction { try $0.checkpoint(.passive) }
    }

    /// Records what retention has deleted.
    func record(_ retirement: Retirement) throws {
        var facts = facts
        facts.retired = retirement
        try change(to: facts)
    }

    /// Says that the next segment goes on; nothing is written here after it.
    func seal() throws {
        var facts = facts
        facts.seal = try database.read { database in
            let span = try SegmentSchema.span(database) ?? (0, 0)
            return SegmentFacts.Seal(
                last: head.sequence,
                hash: head.hash,
                firstTs: span.first,
                lastTs: span.last,
                parts: try SegmentSchema.parts(database)
            )
        }
        facts.state = .sealed
        try change(to: facts)
    }

    /// Gives a sealed segment's file to whoever puts it away; nothing can be written here after it.
    func handOver() -> SealedFile {
        precondition(facts.state == .sealed, "only a complete segment is put away")
        return SealedFile(path: path, database: database)
    }

    /// Lets go of the file; a segment that is not sealed says that it was left in order.
    func close() throws {
        if facts.state == .open {
            var facts = facts
            facts.state = .closed
            try change(to: facts)
        }
        try database.close()
    }

    private func change(to facts: SegmentFacts) throws {
        try database.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                try SegmentSchema.set(facts, in: database)
                return .commit
            }
        }
        self.facts = facts
    }
}

/// A complete segment's file on its way from the writer to its keeper.
struct SealedFile: Sendable {
    let path: String
    let database: DatabaseQueue
}

/// Days in UTC, counted from 1 January 1970.
enum UTCDay {
    static let milliseconds: Int64 = 86_400_000

    static func number(of time: UnixMilliseconds) -> Int64 {
        time >= 0 ? time / milliseconds : (time + 1) / milliseconds - 1
    }
}
