import Contracts
import GRDB

/// The segments as they are written, one after the other; used by one thread at a time.
final class SegmentLog {
    private let place: JournalPlace
    private let settings: JournalSettings
    private let disk: any JournalDisk
    /// Takes over a segment that is sealed.
    private let putAway: (SealedFile) -> Void
    private(set) var current: SegmentFile

    init(
        _ current: SegmentFile,
        place: JournalPlace,
        settings: JournalSettings,
        disk: any JournalDisk,
        putAway: @escaping (SealedFile) -> Void
    ) {
        self.current = current
        self.place = place
        self.settings = settings
        self.disk = disk
        self.putAway = putAway
    }

    var head: JournalHead { current.head }

    /// Commits the rows in order; where a segment is complete, the next one goes on.
    ///
    /// After an error a second try goes on behind what was committed, if anything was.
    func write(_ rows: EncodedRows, isRetry: Bool) throws {
        if isRetry { try current.refreshHead() }
        var start = rows.rows.firstIndex { UInt64($0.seq) > head.sequence } ?? rows.rows.endIndex
        while start < rows.rows.endIndex {
            if current.facts.state == .sealed || current.isComplete(before: rows.rows[start]) {
                try rotate(before: rows.rows[start])
            }
            let end = end(of: rows.rows, from: start)
            try current.write(rows, start..<end)
            start = end
        }
    }

    /// Where the day of the row at `start` ends.
    private func end(of rows: [EncodedRows.Row], from start: Int) -> Int {
        let day = current.day ?? UTCDay.number(of: rows[start].ts)
        guard let last = rows.last, UTCDay.number(of: last.ts) != day else { return rows.endIndex }
        return rows[start...].firstIndex { UTCDay.number(of: $0.ts) != day } ?? rows.endIndex
    }

    /// Completes the current segment, has it on disk, and begins the next one.
    private func rotate(before row: EncodedRows.Row) throws {
        if current.facts.state != .sealed { try current.seal() }
        try current.log.sync(on: disk)
        let facts = SegmentFacts(
            journal: current.facts.journal,
            first: head.sequence + 1,
            previous: head.hash
        )
        let path = place.path(of: SegmentName(first: facts.first))
        if !FileSystem.exists(path) { try SegmentBuilder.makeEmpty(facts, at: path, settings: settings) }
        let next = try SegmentFile(path: path, settings: settings)
        let complete = current.handOver(at: row.ts)
        current = next
        putAway(complete)
    }

    /// Records what retention has deleted, and has the record on disk.
    func record(_ retirement: Retirement) throws {
        try current.record(retirement)
        try current.log.sync(on: disk)
    }

    /// Takes the log into the main file when it has grown enough.
    func checkpointIfDue() throws { try current.checkpointIfDue() }

    func close() throws { try current.close() }
}
