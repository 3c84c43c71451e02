import Contracts
import GRDB

/// Reads a journal while it is being written, or at rest; changes nothing and blocks nobody.
///
/// - Shape: `path` is the journal's folder, or `FOLDER.db`, which names the same; or one file: a segment, plain or
///   compressed, or a journal of version 1. Rows come in order, across all segments.
/// - Errors: ``JournalError``. A closure that is handed rows must not read from the same reader.
package struct JournalReader: Sendable {
    package let path: String
    let shelf: SegmentShelf

    /// Opens the journal at `path`, which must be there.
    package init(path: String) throws(JournalError) {
        self.path = path
        shelf = try SegmentShelf(path: path)
        // What is no journal is told now, and not by an empty answer.
        if let last = try shelf.places().last { _ = try shelf.facts(of: last) }
    }

    /// The newest event's number; 0 in an empty journal.
    package func head() throws(JournalError) -> UInt64 {
        guard let last = try shelf.places().last else { return 0 }
        return try shelf.reader(of: last).head().sequence
    }

    /// The newest event's number and link; nil in a journal without a chain.
    package func chainHead() throws(JournalError) -> JournalHead? {
        guard let last = try shelf.places().last else { return nil }
        let (sequence, hash) = try shelf.reader(of: last).head()
        return hash.map { JournalHead(sequence: sequence, hash: $0) }
    }

    /// Whether the journal has the row that a head names, with the same link: then everything before it is as it was
    /// when the head was written down.
    ///
    /// Nil where the row is not there: deleted or taken out since, or of a time to come.
    package func confirms(_ head: JournalHead) throws(JournalError) -> Bool? {
        try rows(in: head.sequence...head.sequence, limit: 1).first.map { $0.hash == head.hash }
    }

    /// The journal's own id, drawn when it was made; nil in version 1.
    package func identity() throws(JournalError) -> String? {
        guard let last = try shelf.places().last else { return nil }
        return try shelf.facts(of: last)?.journal
    }

    /// Hands every row from `sequence` on to `body`, in order, without holding them all.
    package func forEachRow(
        from sequence: UInt64 = 1,
        rootsOnly: Bool = false,
        _ body: (JournalRow) throws -> Void
    ) throws {
        try forEachRow(JournalQuery(from: sequence, rootsOnly: rootsOnly)) { row in
            try body(row)
            return true
        }
    }

    /// Lets go of the files.
    package func close() throws(JournalError) { try shelf.close() }
}
