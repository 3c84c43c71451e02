import Contracts
import GRDB
import GRDBSQLite

/// Rows into the file.
extension SegmentFile {
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
}
