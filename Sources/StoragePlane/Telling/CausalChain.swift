import Contracts
import GRDB

/// A chain of events from what caused it to how it turned out, each in words.
package struct CausalChain: Sendable {
    /// One event of it.
    package struct Step: Hashable, Sendable {
        package let sequence: UInt64
        package let ts: UnixMilliseconds
        package let topic: String
        /// Whether it came from outside: a tick, a timer, a command.
        package let isRoot: Bool
        /// What it says, cut to ``CausalChain/textBytesMax``.
        package let text: String
    }

    package static let textBytesMax = 600

    package let id: CorrelationID
    /// In the journal's order.
    package let steps: [Step]
    /// How it turned out, in one sentence.
    package let ending: String
    /// Whether there is more than was told.
    package let isCut: Bool
}

extension CausalChain.Step {
    init(_ row: JournalRow) {
        let story = (try? row.event()).map { EventStory($0).text } ?? "unreadable: \(row.payload)"
        self.init(
            sequence: row.sequence,
            ts: row.ts,
            topic: row.topic,
            isRoot: row.isRoot,
            text: String(decoding: story.utf8.prefix(CausalChain.textBytesMax), as: UTF8.self)
        )
    }
}

extension JournalReader {
    /// The chain of a correlation with what it followed from; nil where the journal has none of it.
    ///
    /// Before each stretch of the chain stands the newest event from outside, the tick or the timer that set it off,
    /// and before an intent the bar that its strategy has decided on. At most `limit` steps are told.
    package func causalChain(
        of id: CorrelationID,
        limit: Int = 200
    ) throws(JournalError) -> CausalChain? {
        let found = try rows(correlation: id, limit: limit + 1)
        guard !found.isEmpty else { return nil }
        let chain = found.prefix(limit)
        var steps: [CausalChain.Step] = []
        var newestRoot: UInt64 = 0
        for row in chain {
            let cause = row.isRoot ? nil : try self.cause(of: row)
            if let cause, cause.sequence > newestRoot {
                newestRoot = cause.sequence
                steps.append(CausalChain.Step(cause))
                steps += try decidedOn(by: row, after: cause).map { CausalChain.Step($0) }
            }
            if row.isRoot { newestRoot = row.sequence }
            steps.append(CausalChain.Step(row))
        }
        return CausalChain(
            id: id,
            steps: Array(steps.prefix(limit)),
            ending: EventChain(Array(chain)).ending,
            isCut: found.count > limit || steps.count > limit
        )
    }

    /// The newest event from outside before a row; nil where retention may have taken it out.
    private func cause(of row: JournalRow) throws(JournalError) -> JournalRow? {
        guard row.sequence > 1 else { return nil }
        for place in try shelf.places().reversed() where place.first < row.sequence {
            let reader = try shelf.reader(of: place)
            let found = try newestRoot(in: reader, before: row.sequence)
            let isThinned = try reader.tombstones().contains { tombstone in
                tombstone.first < row.sequence && tombstone.last > found?.sequence ?? 0
            }
            if isThinned { return nil }
            if let found { return found }
        }
        return nil
    }

    private func newestRoot(
        in reader: SegmentReader,
        before sequence: UInt64
    ) throws(JournalError) -> JournalRow? {
        var found: JournalRow?
        do {
            try reader.scan("WHERE seq < ? AND root = 1 ORDER BY seq DESC", [Int64(clamping: sequence)]) {
                row in
                found = JournalRow(row)
                return false
            }
        } catch {
            throw SQLiteError.explain(error, path: path) { .cannotRead(path: path, why: $0) }
        }
        return found
    }

    /// The bars that were closed between a cause and the intent that followed from it.
    private func decidedOn(by row: JournalRow, after cause: JournalRow) throws(JournalError) -> [JournalRow] {
        guard row.topic == Topic.strategyIntent.rawValue, row.sequence > cause.sequence + 1,
            case .strategyIntent(let intent)? = try? row.event()
        else { return [] }
        let query = JournalQuery(
            from: cause.sequence + 1,
            through: row.sequence - 1,
            topics: [Topic.analyticsFeatures.rawValue]
        )
        return try rows(query, limit: 16).filter { row in
            guard case .analyticsFeatures(let bar)? = try? row.event() else { return false }
            return bar.instrument == intent.instrument
        }
    }
}
