import Contracts
import ControlProtocol

/// One event of the journal, as the control socket sends it.
package struct HistoryRow: Sendable {
    package let sequence: UInt64
    package let topic: String
    package let payload: [UInt8]

    package init(sequence: UInt64, topic: String, payload: [UInt8]) {
        self.sequence = sequence
        self.topic = topic
        self.payload = payload
    }
}

/// A stretch of the journal, cut to what was asked for.
package struct HistoryPage: Sendable {
    package let rows: [HistoryRow]
    /// Every event up to this number has been looked at.
    package let through: UInt64
    /// Whether that was all there is so far.
    package let isComplete: Bool

    package init(rows: [HistoryRow], through: UInt64, isComplete: Bool) {
        self.rows = rows
        self.through = through
        self.isComplete = isComplete
    }
}

/// What the control server asks of the rest of the system; the composition root fills it in.
package struct ControlServices: Sendable {
    /// Puts a command on the bus.
    package var post: @Sendable (Contracts.ControlCommand) -> Void
    package var status: @Sendable () async -> StatusReport
    package var outside: @Sendable () async -> OutsideFigures
    package var logsTail: @Sendable (_ count: Int) -> [String]
    /// The journal's events from one number on, all that are settled by now, at most `limit` of the given topics.
    package var history:
        @Sendable (_ from: UInt64, _ topics: [Topic], _ limit: Int) async throws -> HistoryPage
    /// Calls back once the disk has every event up to a number; with false where it never will.
    package var whenKept: @Sendable (_ sequence: UInt64, _ tell: @escaping @Sendable (Bool) -> Void) -> Void
    /// The chain of events that a name stands for, from the journal; nil where it has none.
    package var explain: @Sendable (_ name: String) async throws -> ChainReport?
    package var now: @Sendable () -> UnixMilliseconds
    /// Draws the key of a command whose client gave none.
    package var makeKey: @Sendable () -> CommandKey

    package init(
        post: @escaping @Sendable (Contracts.ControlCommand) -> Void,
        status: @escaping @Sendable () async -> StatusReport,
        outside: @escaping @Sendable () async -> OutsideFigures,
        logsTail: @escaping @Sendable (Int) -> [String],
        history: @escaping @Sendable (UInt64, [Topic], Int) async throws -> HistoryPage,
        whenKept: @escaping @Sendable (UInt64, @escaping @Sendable (Bool) -> Void) -> Void,
        explain: @escaping @Sendable (String) async throws -> ChainReport?,
        now: @escaping @Sendable () -> UnixMilliseconds,
        makeKey: @escaping @Sendable () -> CommandKey
    ) {
        self.post = post
        self.status = status
        self.outside = outside
        self.logsTail = logsTail
        self.history = history
        self.whenKept = whenKept
        self.explain = explain
        self.now = now
        self.makeKey = makeKey
    }
}

/// Who the daemon says it is.
package struct ControlIdentity: Sendable {
    package var version: String
    package var mode: String
    package var instance: String
    /// SHA-256 of the wire schema, with the prefix `sha256:`.
    package var schema: String

    package init(version: String, mode: String, instance: String, schema: String) {
        self.version = version
        self.mode = mode
        self.instance = instance
        self.schema = schema
    }
}
