import Contracts

/// Why a journal cannot be opened, written or read.
package enum JournalError: OperatorError, Hashable, Sendable {
    /// The file was written by a newer program.
    case newerVersion(path: String, found: Int, known: Int)
    /// The file is some other program's, or no database at all.
    case foreign(path: String, why: String)
    /// The file's bytes contradict each other, and not only at its end.
    case damaged(path: String, why: String)
    /// Rows that must be there are in no segment.
    case missing(path: String, from: UInt64, to: UInt64)
    case cannotOpen(path: String, why: String)
    case cannotRead(path: String, why: String)
    /// A transaction failed and will be tried again.
    case writeFailed(path: String, why: String, attempt: Int, retryMilliseconds: Int, waitingCount: Int)
    /// The disk has not taken bytes that the journal counted on; what it has is known only after a new start.
    case syncFailed(path: String, why: String)
    /// The wait for the disk has run out; `waitingCount` events are in memory only.
    case notFlushed(path: String, seconds: Int, waitingCount: Int)
    /// One event has no JSON; its row says so and the order has no gap.
    case unencodable(sequence: UInt64, topic: String, why: String)
    /// A row's payload is not what its topic promises.
    case malformedRow(sequence: UInt64, topic: String, why: String)
    /// A segment at rest could not be compressed, thinned or deleted; nothing that is written is touched by it.
    case housekeeping(path: String, why: String)

    package var code: String {
        switch self {
        case .newerVersion: "journal.version"
        case .foreign: "journal.foreign"
        case .damaged: "journal.damaged"
        case .missing: "journal.missing"
        case .cannotOpen: "journal.open"
        case .cannotRead: "journal.read"
        case .writeFailed: "journal.write"
        case .syncFailed: "journal.sync"
        case .notFlushed: "journal.flush"
        case .unencodable: "journal.encode"
        case .malformedRow: "journal.decode"
        case .housekeeping: "journal.housekeeping"
        }
    }

    package var what: String {
        switch self {
        case .newerVersion(let path, _, _), .foreign(let path, _), .cannotOpen(let path, _):
            "the journal \(path) cannot be opened"
        case .damaged(let path, _): "the journal \(path) is damaged"
        case .missing(let path, let from, let to): "the journal \(path) has no rows \(from) to \(to)"
        case .cannotRead(let path, _): "the journal \(path) cannot be read"
        case .writeFailed(let path, _, _, _, let count):
            "\(count) events cannot be written to the journal \(path)"
        case .syncFailed(let path, _): "the disk has not taken what was written to \(path)"
        case .notFlushed(let path, _, let count): "\(count) events are not in the journal \(path)"
        case .unencodable(let sequence, let topic, _): "event \(sequence) (\(topic)) has no JSON"
        case .malformedRow(let sequence, let topic, _):
            "row \(sequence) (\(topic)) of the journal cannot be decoded"
        case .housekeeping(let path, _): "the journal's segment \(path) could not be put away"
        }
    }

    package var why: String {
        switch self {
        case .newerVersion(_, let found, let known):
            "its schema has version \(found), this program knows up to version \(known)"
        case .missing: "a segment's file is gone, and no record says that retention deleted it"
        case .foreign(_, let why), .damaged(_, let why), .cannotOpen(_, let why), .cannotRead(_, let why),
            .syncFailed(_, let why), .unencodable(_, _, let why), .malformedRow(_, _, let why),
            .housekeeping(_, let why):
            why
        case .writeFailed(_, let why, let attempt, _, _): attempt > 0 ? "\(why) (attempt \(attempt))" : why
        case .notFlushed(_, let seconds, _): "the disk has not taken them within \(seconds) s"
        }
    }

    package var next: String {
        switch self {
        case .newerVersion: "run the program that wrote it, or a newer one; nothing was changed"
        case .foreign: "name another file; nothing was changed"
        case .damaged: "keep a copy, then restore a backup, or let `sqlite3 FILE .recover` save what it can"
        case .missing: "put the file back from a backup; nothing was changed"
        case .cannotOpen, .cannotRead: "check that the folder exists and what its rights are"
        case .writeFailed(_, _, _, let delay, _):
            "they wait in memory and are tried again in \(delay) ms; check the disk's space and health"
        case .syncFailed: "the daemon ends and starts again from what the disk has; check the disk's health"
        case .notFlushed: "they are lost if the process ends now; check the disk's space and health"
        case .unencodable: "its row carries the meta and the reason; mend the publisher"
        case .malformedRow: "was the file edited, or written by another version? its other rows can be read"
        case .housekeeping:
            "it stays as it is and is tried again with the next segment; check the disk's space"
        }
    }
}
