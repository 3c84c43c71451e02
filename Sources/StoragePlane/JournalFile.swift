import Contracts
import GRDB
import GRDBSQLite

/// The journal's rows as SQLite takes them; used by one thread at a time.
struct JournalFile {
    let database: DatabaseQueue
    let settings: JournalSettings
    let path: String
    private let encoder = EventJSONEncoder()
    private var payload: [UInt8] = []

    /// Opens or makes the file.
    init(path: String, settings: JournalSettings) throws(JournalError) {
        var configuration = Configuration()
        configuration.label = "journal"
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try JournalSchema.admit(database, path: path)
            try database.execute(sql: "PRAGMA page_size = \(settings.pageBytes)")
        }
        do {
            database = try DatabaseQueue(path: path, configuration: configuration)
            try database.writeWithoutTransaction { database in
                try database.execute(
                    sql: """
                        PRAGMA synchronous = \(settings.durability.rawValue);
                        PRAGMA wal_autocheckpoint = \(settings.checkpointPages);
                        """
                )
                try database.inTransaction(.immediate) {
                    try JournalSchema.create(database)
                    return .commit
                }
            }
        } catch {
            throw JournalSchema.explain(error, path: path) { .cannotOpen(path: path, why: $0) }
        }
        self.settings = settings
        self.path = path
    }

    func close() throws(JournalError) {
        do {
            try database.close()
        } catch {
            throw JournalSchema.explain(error, path: path) { .cannotOpen(path: path, why: $0) }
        }
    }

    func head() throws(JournalError) -> UInt64 {
        do {
            return try database.read(JournalSchema.head)
        } catch {
            throw JournalSchema.explain(error, path: path) { .cannotRead(path: path, why: $0) }
        }
    }

    /// Commits all the entries, or none; gives the ones that have no JSON.
    ///
    /// `isRetry`: an earlier try may have been committed in spite of its error, so what is there is left alone.
    mutating func write(_ batches: ArraySlice<[JournalEntry]>, isRetry: Bool) throws -> [JournalError] {
        var unencodable: [JournalError] = []
        try database.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                let head = isRetry ? try JournalSchema.head(database) : 0
                let insert = try database.cachedStatement(
                    sql:
                        "INSERT INTO events(seq, ts, topic, source, correlation, root, payload) VALUES(?,?,?,?,?,?,?)"
                )
                for batch in batches {
                    for entry in batch where entry.event.meta.seq > head {
                        if let failure = encode(entry.event) { unencodable.append(failure) }
                        try insertRow(entry, with: insert, in: database)
                        if case .stateSnapshot(let snapshot) = entry.event {
                            try keep(snapshot, in: database)
                        }
                    }
                }
                return .commit
            }
        }
        return unencodable
    }

    private mutating func encode(_ event: AnyEvent) -> JournalError? {
        payload.removeAll(keepingCapacity: true)
        do {
            try encoder.encode(event, into: &payload)
            return nil
        } catch {
            let why = String(describing: error)
            let stand = UnencodableEvent(meta: event.meta, unencodable: why)
            // Texts and whole numbers only: always JSON.
            do { try encoder.encode(stand, into: &payload) } catch { payload = Array("{}".utf8) }
            return .unencodable(sequence: event.meta.seq, topic: event.topic.rawValue, why: why)
        }
    }

    /// Binds and steps by hand: four in five of GRDB's nanoseconds a row go into its arguments.
    private func insertRow(_ entry: JournalEntry, with statement: Statement, in database: Database) throws {
        let meta = entry.event.meta
        let row = unsafe statement.sqliteStatement
        unsafe sqlite3_bind_int64(row, 1, Int64(meta.seq))
        unsafe sqlite3_bind_int64(row, 2, meta.ts)
        unsafe bind(entry.event.topic.rawValue, to: row, at: 3)
        unsafe bind(meta.source.rawValue, to: row, at: 4)
        if let correlation = meta.correlationID {
            unsafe bind(correlation.description, to: row, at: 5)
        } else {
            unsafe sqlite3_bind_null(row, 5)
        }
        unsafe sqlite3_bind_int(row, 6, entry.isRoot ? 1 : 0)
        let failure = unsafe payload.withUnsafeBytes { bytes -> DatabaseError? in
            // The text is read before this closure ends, so SQLite need not copy it.
            let text = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            unsafe sqlite3_bind_text(row, 7, text, CInt(bytes.count), nil)
            let result = unsafe sqlite3_step(row)
            defer {
                unsafe sqlite3_reset(row)
                unsafe sqlite3_bind_null(row, 7)
            }
            guard result != SQLITE_DONE else { return nil }
            return DatabaseError(resultCode: ResultCode(rawValue: result), message: database.lastErrorMessage)
        }
        if let failure { throw failure }
    }

    private func bind(_ text: String, to row: OpaquePointer, at index: CInt) {
        // -1 asks SQLite to copy the text: SQLITE_TRANSIENT, a macro that Swift does not see.
        let copied = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        var text = text
        text.withUTF8 { bytes in
            let start = unsafe UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
            unsafe sqlite3_bind_text(row, index, start, CInt(bytes.count), copied)
        }
    }

    private func keep(_ snapshot: StateSnapshot, in database: Database) throws {
        let part = snapshot.part.rawValue
        try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO snapshots(part, seq, ts, version, body) VALUES(?,?,?,?,?)"
        ).execute(arguments: [
            part, Int64(snapshot.meta.seq), snapshot.meta.ts, snapshot.version, snapshot.body,
        ])
        try database.cachedStatement(
            sql: """
                DELETE FROM snapshots WHERE part = ?1 AND seq <=
                    (SELECT seq FROM snapshots WHERE part = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)
                """
        ).execute(arguments: [part, settings.snapshotsPerPart])
    }
}

/// One event and whether it came from outside.
package struct JournalEntry: Sendable {
    package let event: AnyEvent
    package let isRoot: Bool

    package init(event: AnyEvent, isRoot: Bool) {
        self.event = event
        self.isRoot = isRoot
    }
}

/// Stands in the journal for an event that has no JSON.
private struct UnencodableEvent: Encodable {
    let meta: EventMeta
    let unencodable: String
}
