import Contracts

/// The first place where a re-run went another way than the journal tells.
package struct ReplayDifference: Hashable, Sendable {
    /// What the re-run published.
    package struct Derived: Hashable, Sendable {
        package let sequence: UInt64
        package let topic: String
        package let isRoot: Bool
        package let bytes: [UInt8]
    }

    /// The journal's row; nil where it has none there.
    package let recorded: JournalRow?
    /// The re-run's event; nil where it has published none.
    package let derived: Derived?
    /// The newest event from outside before the difference: what both went on from.
    package let cause: JournalRow?

    /// The number where the ways part.
    package var sequence: UInt64 { recorded?.sequence ?? derived?.sequence ?? 0 }
}

extension ReplayDifference: CustomStringConvertible {
    package var description: String {
        func text(_ name: String, _ topic: String, _ isRoot: Bool, _ bytes: [UInt8]) -> String {
            "  \(name) \(topic)\(isRoot ? " (from outside)" : "") \(String(decoding: bytes, as: UTF8.self))"
        }
        var lines = ["event \(sequence) differs"]
        lines.append(
            recorded.map { text("journal:", $0.topic, $0.isRoot, $0.bytes) } ?? "  journal: has no such event"
        )
        lines.append(
            derived.map { text("re-run: ", $0.topic, $0.isRoot, $0.bytes) } ?? "  re-run:  published nothing"
        )
        if let cause { lines.append("  after    \(cause.sequence) \(cause.topic) \(cause.payload)") }
        if recorded?.topic == Topic.controlConfig.rawValue, derived?.topic == Topic.controlConfig.rawValue {
            lines.append("  the daemon ran with another configuration than this one: replay with that")
        }
        return lines.joined(separator: "\n")
    }
}

/// Holds the events of a re-run against the journal's rows, byte for byte, and keeps the first difference.
///
/// Hand it to the re-run's bus as a recorder; after a difference it compares no further.
package final class ReplayComparator {
    /// How many events were compared and found equal.
    package private(set) var equalCount = 0
    package private(set) var difference: ReplayDifference?
    /// How many events the re-run published after the journal's last row: a crash may have kept them from the disk.
    package private(set) var beyondCount = 0

    private var cursor: JournalCursor
    private let encoder = EventJSONEncoder()
    private var bytes: [UInt8] = []
    private var cause: JournalRow?
    private var hasEnded = false

    /// Compares with the rows from `sequence` on.
    package init(_ reader: JournalReader, from sequence: UInt64 = 1, through last: UInt64 = .max) {
        cursor = JournalCursor(reader, JournalQuery(from: sequence, through: last))
    }

    /// Compares one event of the re-run with the row of its number.
    package func compare(_ event: AnyEvent, isRoot: Bool) throws(JournalError) {
        guard difference == nil else { return }
        guard !hasEnded, let row = try cursor.next() else {
            hasEnded = true
            beyondCount += 1
            return
        }
        bytes.removeAll(keepingCapacity: true)
        do { try encoder.encode(event, into: &bytes) } catch { bytes = row.isUnencodable ? row.bytes : [] }
        let isEqual =
            event.meta.seq == row.sequence && event.topic.rawValue == row.topic && isRoot == row.isRoot
            && bytes == row.bytes
        if isEqual {
            equalCount += 1
            if row.isRoot { cause = row }
        } else {
            difference = ReplayDifference(
                recorded: row,
                derived: ReplayDifference.Derived(
                    sequence: event.meta.seq,
                    topic: event.topic.rawValue,
                    isRoot: isRoot,
                    bytes: bytes
                ),
                cause: row.isRoot ? row : cause
            )
        }
    }

    /// Ends the comparison: a row that the re-run did not come to is a difference too.
    package func finish() throws(JournalError) -> ReplayDifference? {
        if difference == nil, !hasEnded, let row = try cursor.next() {
            difference = ReplayDifference(recorded: row, derived: nil, cause: row.isRoot ? row : cause)
        }
        return difference
    }
}

extension JournalRow {
    /// Whether the event had no JSON, so that its row only tells why.
    fileprivate var isUnencodable: Bool { payload.contains("\"unencodable\":") }
}
