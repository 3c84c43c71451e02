import GRDB

/// The layout of a journal file: what version 1 means, and the refusal of everything else.
enum JournalSchema {
    static let version = 1
    /// "TBOT", in the file's header: tells a journal from any other database.
    static let applicationID = 0x5442_4F54

    /// Looks at a file that is being opened; throws before anything in it is changed.
    static func admit(_ database: Database, path: String) throws {
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        if application == applicationID {
            guard version <= Self.version else {
                throw JournalError.newerVersion(path: path, found: version, known: Self.version)
            }
            return
        }
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        guard application == 0, version == 0, tables == 0 else {
            throw JournalError.foreign(path: path, why: "it is a database, and not a journal of this program")
        }
    }

    /// Makes the tables of an empty file.
    static func create(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS events(
                    seq INTEGER PRIMARY KEY, ts INTEGER NOT NULL, topic TEXT NOT NULL, source TEXT NOT NULL,
                    correlation TEXT, root INTEGER NOT NULL, payload TEXT NOT NULL) STRICT;
                CREATE INDEX IF NOT EXISTS events_by_correlation ON events(correlation)
                    WHERE correlation IS NOT NULL;
                CREATE TABLE IF NOT EXISTS snapshots(
                    part TEXT NOT NULL, seq INTEGER NOT NULL, ts INTEGER NOT NULL, version INTEGER NOT NULL,
                    body TEXT NOT NULL, PRIMARY KEY(part, seq)) STRICT, WITHOUT ROWID;
                PRAGMA application_id = \(applicationID);
                PRAGMA user_version = \(version);
                """
        )
    }

    static func head(_ database: Database) throws -> UInt64 {
        try Int64.fetchOne(database, sql: "SELECT max(seq) FROM events").map { UInt64(clamping: $0) } ?? 0
    }

    /// What SQLite's complaint means for a journal.
    static func explain(
        _ error: any Error,
        path: String,
        else other: (String) -> JournalError
    ) -> JournalError {
        if let known = error as? JournalError { return known }
        guard let error = error as? DatabaseError else { return other(String(describing: error)) }
        let why = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_NOTADB: return .foreign(path: path, why: why)
        case .SQLITE_CORRUPT: return .damaged(path: path, why: why)
        default: return other("\(why) (\(error.extendedResultCode.rawValue))")
        }
    }
}
