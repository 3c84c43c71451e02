import GRDB

/// What SQLite's complaints mean for a journal.
enum SQLiteError {
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
        default: break
        }
        // What was not brought to the disk may be gone from memory as well: no second try would show it.
        if error.extendedResultCode == .SQLITE_IOERR_FSYNC
            || error.extendedResultCode == .SQLITE_IOERR_DIR_FSYNC
        {
            return .syncFailed(path: path, why: why)
        }
        return other("\(why) (\(error.extendedResultCode.rawValue))")
    }

    /// Whether the disk has no room left.
    static func isFull(_ error: any Error) -> Bool { (error as? DatabaseError)?.resultCode == .SQLITE_FULL }
}
