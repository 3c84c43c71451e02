import Contracts
import GRDB

/// The layout of a segment's file: what version 2 means, and the refusal of everything else.
///
/// Version 1 was one file with a table `events` that has the columns of today's view, and no chain; it can be read.
enum SegmentSchema {
    static let version = 2
    static let firstVersion = 1
    /// "TBOT", in the file's header: tells a journal from any other database.
    static let applicationID = 0x5442_4F54

    /// The columns of a row, in the order in which ``RowView`` reads them.
    static let columns = "seq, ts, topic, source, correlation, root, payload, hash"
    static let firstVersionColumns = "seq, ts, topic, source, correlation, root, payload, NULL"

    /// Looks at a file that is being opened and says which version it has; throws before anything in it is changed.
    ///
    /// `mayBeEmpty`: a file without any table is one that is to be filled.
    @discardableResult
    static func admit(_ database: Database, path: String, mayBeEmpty: Bool = false) throws -> Int {
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        if mayBeEmpty, application == 0, version == 0, tables == 0 { return 0 }
        guard application == applicationID, version > 0 else {
            throw JournalError.foreign(path: path, why: "it is a database, and not a journal of this program")
        }
        guard version <= Self.version else {
            throw JournalError.newerVersion(path: path, found: version, known: Self.version)
        }
        return version
    }

    /// Makes the tables of an empty file.
    ///
    /// Rows name their topic and source by a small number; the view `events` has them in words, for whoever
    /// looks by hand.
    static func create(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
                CREATE TABLE topics(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
                CREATE TABLE sources(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
                CREATE TABLE entries(
                    seq INTEGER PRIMARY KEY, ts INTEGER NOT NULL, topic INTEGER NOT NULL,
                    source INTEGER NOT NULL, correlation TEXT, root INTEGER NOT NULL, hash BLOB NOT NULL,
                    payload TEXT NOT NULL) STRICT;
                CREATE INDEX entries_by_correlation ON entries(correlation) WHERE correlation IS NOT NULL;
                CREATE TABLE tombstones(first INTEGER PRIMARY KEY, last INTEGER NOT NULL, hash BLOB NOT NULL)
                    STRICT;
                CREATE TABLE snapshots(seq INTEGER PRIMARY KEY, part TEXT NOT NULL, request INTEGER) STRICT;
                CREATE VIEW events AS
                    SELECT entries.seq, ts, topics.name AS topic, sources.name AS source, correlation, root,
                        payload, hash
                    FROM entries
                        CROSS JOIN topics ON topics.id = entries.topic
                        CROSS JOIN sources ON sources.id = entries.source;
                PRAGMA application_id = \(applicationID);
                PRAGMA user_version = \(version);
                """
        )
    }

    // MARK: Facts

    static func facts(_ database: Database, path: String) throws -> SegmentFacts {
        var entries: [String: String] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT key, value FROM meta") {
            entries[try row.text(0)] = try row.text(1)
        }
        guard let facts = SegmentFacts(entries) else {
            throw JournalError.damaged(path: path, why: "its meta table is not what its writer left there")
        }
        return facts
    }

    static func set(_ facts: SegmentFacts, in database: Database) throws {
        try database.execute(sql: "DELETE FROM meta")
        for (key, value) in facts.entries {
            try database.execute(sql: "INSERT INTO meta(key, value) VALUES(?, ?)", arguments: [key, value])
        }
    }

    /// The numbers of `names` in one of the two tables of names; those that are missing are added.
    static func numbers(of names: [String], in table: String, _ database: Database) throws -> [Int64] {
        try names.map { name in
            try database.execute(sql: "INSERT OR IGNORE INTO \(table)(name) VALUES(?)", arguments: [name])
            let number = try Int64.fetchOne(
                database,
                sql: "SELECT id FROM \(table) WHERE name = ?",
                arguments: [name]
            )
            guard let number else { throw DatabaseError(message: "\(table) has no '\(name)'") }
            return number
        }
    }

    /// The names of one of the two tables, by their numbers.
    static func names(in table: String, _ database: Database) throws -> [Int64: String] {
        var names: [Int64: String] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT id, name FROM \(table)") {
            names[try row.whole(0)] = try row.text(1)
        }
        return names
    }

    // MARK: Ends

    /// The newest row of a segment, or its tombstone; the link before the first row where it is empty.
    static func head(_ database: Database, _ facts: SegmentFacts) throws -> JournalHead {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT * FROM (SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1)
                UNION ALL SELECT * FROM (SELECT last, hash FROM tombstones ORDER BY last DESC LIMIT 1)
                ORDER BY 1 DESC LIMIT 1
                """
        )
        guard let row else { return JournalHead(sequence: facts.first - 1, hash: facts.previous) }
        return JournalHead(sequence: UInt64(bitPattern: try row.whole(0)), hash: try row.hash(1))
    }

    /// The times of the oldest and the newest row.
    static func span(_ database: Database) throws -> (first: UnixMilliseconds, last: UnixMilliseconds)? {
        guard
            let first = try Int64.fetchOne(database, sql: "SELECT ts FROM entries ORDER BY seq LIMIT 1"),
            let last = try Int64.fetchOne(database, sql: "SELECT ts FROM entries ORDER BY seq DESC LIMIT 1")
        else { return nil }
        return (first, last)
    }

    /// The parts of the state that have snapshots here.
    static func parts(_ database: Database) throws -> [String] {
        try String.fetchAll(database, sql: "SELECT DISTINCT part FROM snapshots ORDER BY part")
    }
}
