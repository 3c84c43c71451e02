import Contracts
import GRDB
import OpenSSL

/// Makes a segment's file whole before anybody sees it: under a temporary name, synced, then renamed.
///
/// So a crash leaves either the old state of the folder or the new one, and a left-over that the next start removes.
final class SegmentBuilder {
    /// What a file that is not ready is called, after its final name.
    static let suffix = ".part"

    private let path: String
    private let database: DatabaseQueue
    private var topics: [String: Int64] = [:]
    private var sources: [String: Int64] = [:]
    private var hasher = SHA256Digest()
    private var canonical: [UInt8] = []

    init(path: String, pageBytes: Int) throws(JournalError) {
        self.path = path
        try FileSystem.remove(path + Self.suffix)
        var configuration = Configuration()
        configuration.label = "journal-builder"
        do {
            database = try DatabaseQueue(path: path + Self.suffix, configuration: configuration)
            try database.writeWithoutTransaction { database in
                // Nobody reads it before it is whole, and a crash throws it away: it needs no journal of its own.
                try database.execute(
                    sql: """
                        PRAGMA page_size = \(pageBytes); PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
                        """
                )
                try database.execute(sql: "PRAGMA journal_mode = OFF")
                try SegmentSchema.create(database)
            }
        } catch {
            throw SQLiteError.explain(error, path: path) { .cannotOpen(path: path, why: $0) }
        }
    }

    /// Makes an empty segment, ready to be written.
    static func makeEmpty(
        _ facts: SegmentFacts,
        at path: String,
        settings: JournalSettings
    ) throws(JournalError) {
        let builder = try SegmentBuilder(path: path, pageBytes: settings.pageBytes)
        do {
            try builder.fill { target in
                try target.nameEverything()
                return facts
            }
            try builder.publish()
        } catch {
            throw SQLiteError.explain(error, path: path) { .cannotOpen(path: path, why: $0) }
        }
    }

    /// Has `body` add rows; the facts that it returns are the segment's.
    func fill(_ body: (Target) throws -> SegmentFacts) throws {
        try database.write { database in
            let facts = try body(Target(builder: self, database: database))
            try SegmentSchema.set(facts, in: database)
        }
    }

    /// Closes the file, has it on disk, and gives it its name.
    func publish() throws {
        try database.close()
        try FileSystem.sync(path + Self.suffix)
        try FileSystem.rename(path + Self.suffix, to: path)
        try FileSystem.sync(Self.folder(of: path))
    }

    /// Closes and removes it.
    func discard() {
        try? database.close()
        try? FileSystem.remove(path + Self.suffix)
    }

    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    /// Takes rows while the file is being filled.
    struct Target {
        fileprivate let builder: SegmentBuilder
        fileprivate let database: Database

        /// Gives every topic and source its number.
        func nameEverything() throws {
            _ = try SegmentSchema.numbers(of: Topic.allCases.map(\.rawValue), in: "topics", database)
            _ = try SegmentSchema.numbers(
                of: EventMeta.Source.allCases.map(\.rawValue),
                in: "sources",
                database
            )
        }

        /// Adds a row that has its link.
        func add(_ row: borrowing RowView, hash: ChainHash) throws {
            try database.cachedStatement(
                sql: """
                    INSERT INTO entries(seq, ts, topic, source, correlation, root, hash, payload)
                        VALUES(?,?,?,?,?,?,?,?)
                    """
            ).execute(arguments: [
                row.seq, row.ts, try number(of: row.topic, in: "topics", \.topics),
                try number(of: row.source, in: "sources", \.sources), row.correlation, row.isRoot,
                hash.data, row.payloadText,
            ])
        }

        /// Adds a row of a time without links, and gives it the one that follows `previous`.
        func add(_ row: borrowing RowView, after previous: ChainHash) throws -> ChainHash {
            let hash = row.hash(after: previous, &builder.hasher, &builder.canonical)
            try add(row, hash: hash)
            return hash
        }

        func addTombstone(_ tombstone: Tombstone) throws {
            try database.cachedStatement(sql: "INSERT INTO tombstones(first, last, hash) VALUES(?,?,?)")
                .execute(arguments: [
                    Int64(tombstone.first), Int64(tombstone.last), tombstone.hash.data,
                ])
        }

        func addSnapshot(seq: Int64, part: String, request: Int64?) throws {
            try database.cachedStatement(sql: "INSERT INTO snapshots(seq, part, request) VALUES(?,?,?)")
                .execute(arguments: [seq, part, request])
        }

        private func number(
            of name: String,
            in table: String,
            _ known: ReferenceWritableKeyPath<SegmentBuilder, [String: Int64]>
        ) throws -> Int64 {
            if let number = builder[keyPath: known][name] { return number }
            let number = try SegmentSchema.numbers(of: [name], in: table, database)[0]
            builder[keyPath: known][name] = number
            return number
        }
    }
}

/// A run of rows that retention has taken out of a segment: the last one's link stays, so that the chain goes on.
package struct Tombstone: Hashable, Sendable {
    package let first: UInt64
    package let last: UInt64
    /// The link of the row `last`.
    package let hash: ChainHash
}
