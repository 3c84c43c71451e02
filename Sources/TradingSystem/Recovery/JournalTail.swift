import Contracts
import StoragePlane

/// What the journal has after a whole set of snapshots: the rest of that run, and runs that never came to a set.
struct JournalTail {
    let reader: JournalReader
    /// The request that the set answers.
    let asOf: UInt64
    let head: UInt64
    /// When the set was kept.
    let time: UnixMilliseconds
    /// Where the next run begins; nil where there is none.
    let nextRun: UInt64?

    init(_ reader: JournalReader, after asOf: UInt64) throws {
        self.reader = reader
        self.asOf = asOf
        head = try reader.head()
        guard let request = try reader.rows(in: asOf...asOf, limit: 1).first else {
            throw RetellingObstacle.missingSet(run: asOf)
        }
        time = request.ts
        nextRun = try Self.starts(reader, after: asOf).first
    }

    /// The `state:clock` events with which runs begin.
    private static func starts(_ reader: JournalReader, after sequence: UInt64) throws -> [UInt64] {
        let mark = "\"lifecycle\":\"\(ControlState.Lifecycle.starting.rawValue)\""
        let query = JournalQuery(from: sequence + 1, topics: [Topic.controlState.rawValue])
        let states = try reader.rows(query, limit: .max)
        return states.filter { $0.payload.contains(mark) }.map { $0.sequence - 1 }
    }

    /// Hands the rows to `body`, in order; `isOfSameRun` is false for those of later runs.
    func forEachRow(_ body: (_ row: JournalRow, _ isOfSameRun: Bool) throws -> Void) throws {
        var cursor = JournalCursor(reader, JournalQuery(from: asOf + 1, through: head))
        while let row = try cursor.next() {
            let isOfSameRun = nextRun.map { row.sequence < $0 } ?? true
            try body(row, isOfSameRun)
        }
    }
}
