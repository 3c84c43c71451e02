import GRDB
import GRDBSQLite

/// The topics and sources of one segment by their numbers; in version 1 the rows have the words themselves.
struct SegmentNames: Sendable {
    let topics: [Int64: String]
    let sources: [Int64: String]

    init(_ database: Database, version: Int) throws {
        guard version > SegmentSchema.firstVersion else {
            (topics, sources) = ([:], [:])
            return
        }
        topics = try SegmentSchema.names(in: "topics", database)
        sources = try SegmentSchema.names(in: "sources", database)
    }

    func topic(_ statement: OpaquePointer, _ column: CInt) -> String? {
        unsafe Self.name(statement, column, topics)
    }

    func source(_ statement: OpaquePointer, _ column: CInt) -> String? {
        unsafe Self.name(statement, column, sources)
    }

    private static func name(_ statement: OpaquePointer, _ column: CInt, _ known: [Int64: String]) -> String?
    {
        switch unsafe sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: known[unsafe sqlite3_column_int64(statement, column)]
        case SQLITE_TEXT: unsafe sqlite3_column_text(statement, column).map { unsafe String(cString: $0) }
        default: nil
        }
    }
}
