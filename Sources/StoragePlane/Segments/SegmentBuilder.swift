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
    /// The numbers of names that stand in the file.
    var topics: [String: Int64] = [:]
    var sources: [String: Int64] = [:]
    var hasher = SHA256Digest()
    var canonical: [UInt8] = []

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
            try builder.publish(usesLog: true)
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
    ///
    /// `usesLog`: it is going to be written on. SQLite's own change to a write-ahead log, later, would be a moment at
    /// which a kill leaves a file that no reader can open.
    func publish(usesLog: Bool = false) throws {
        if usesLog {
            try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
        }
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
}
