import ControlProtocol

/// Figures that planes keep outside the kernel; the composition root gathers them for the status answer.
package struct OutsideFigures: Sendable {
    /// Where the journal stands.
    package struct Journal: Sendable {
        package var written: UInt64
        package var queued: Int
        package var path: String
        package var failure: String?

        package init(written: UInt64, queued: Int, path: String, failure: String?) {
            self.written = written
            self.queued = queued
            self.path = path
            self.failure = failure
        }
    }
    /// What research has done.
    package struct Research: Sendable {
        package var vectors: Int
        package var outcomes: Int
        package var drifts: Int

        package init(vectors: Int, outcomes: Int, drifts: Int) {
            self.vectors = vectors
            self.outcomes = outcomes
            self.drifts = drifts
        }
    }

    /// What one market connection has done since the start.
    package struct Connection: Sendable {
        package var id: String
        /// Named counts, in the order in which they are shown.
        package var counts: [(name: String, count: UInt64)]

        package init(id: String, counts: [(name: String, count: UInt64)]) {
            self.id = id
            self.counts = counts
        }

        var value: JSONValue {
            .object([JSONMember("id", .string(id))] + counts.map { JSONMember($0.name, .unsigned($0.count)) })
        }
    }

    package var journal: Journal
    package var research: Research
    /// Market events that the inlet refused.
    package var refusedEvents: UInt64
    package var connections: [Connection]

    package init(
        journal: Journal,
        research: Research,
        refusedEvents: UInt64,
        connections: [Connection] = []
    ) {
        self.journal = journal
        self.research = research
        self.refusedEvents = refusedEvents
        self.connections = connections
    }
}
