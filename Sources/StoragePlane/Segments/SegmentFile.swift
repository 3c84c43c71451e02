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
    var head: JournalHead
    /// The UTC day of the first row; nil in an empty segment.
    var day: Int64?
    /// The time of the newest row; 0 in an empty segment.
    var newest: UnixMilliseconds
    /// About how many bytes it has.
    var byteCount: Int

    let settings: JournalSettings
    let database: DatabaseQueue
    let topics: [Int64]
    let sources: [Int64]
    var bytesInLog = 0

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
    func handOver(at ended: UnixMilliseconds) -> SealedFile {
        precondition(facts.state == .sealed, "only a complete segment is put away")
        return SealedFile(path: path, database: database, head: head, ended: ended)
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
