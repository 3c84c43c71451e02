/// The kernel's clock moved because a timer was due.
///
/// - Topic: `state:clock`; root event of the kernel host, so that a replay fires the same timers.
package struct ClockEvent: Hashable, Codable, Sendable {
    package var meta: EventMeta

    package init(meta: EventMeta) { self.meta = meta }
}

/// The parts of the state that survive a restart.
package enum StatefulPart: String, Hashable, Codable, Sendable, CaseIterable {
    case orchestrator, risk, features, context, strategies, execution, paperVenue
    /// The last to be restored: it then states the books to all the others.
    case portfolio
}

/// One part's whole state, to be kept.
///
/// - Topic: `state:snapshot`; published by the part itself, kept by the StateStore.
package struct StateSnapshot: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let part: StatefulPart
    /// Of the layout of `body`.
    package let version: Int
    /// JSON.
    package let body: String

    package init(meta: EventMeta, part: StatefulPart, version: Int, body: String) {
        self.meta = meta
        self.part = part
        self.version = version
        self.body = body
    }
}

/// Every part is asked to tell its whole state, as of this event.
///
/// - Topic: `state:snapshot_request`; published by the Orchestrator, answered by each part with `state:snapshot`.
package struct SnapshotRequest: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let why: String

    package init(meta: EventMeta, why: String) {
        self.meta = meta
        self.why = why
    }
}

/// The steps of a recovery.
///
/// - Topic: `state:recovery`; requested by the Orchestrator, answered by the StateStore.
package struct StateRecovery: Hashable, Codable, Sendable {
    package enum Step: Hashable, Codable, Sendable {
        case requested
        /// The newest kept state of one part, as of sequence number `asOf`.
        case restored(part: StatefulPart, version: Int, body: String, asOf: UInt64)
        /// The orders whose state was restored are nobody's any more, for what came after it could not be heard again:
        /// `newest` are the steps of those that it does not know as they ended or stand, `placed` the times at which
        /// entering orders were placed after it.
        case ordersLost(newest: [OrderEvent], placed: [UnixMilliseconds])
        /// Every part has been restored.
        case done(parts: Int)
        case failed(why: String)
    }

    package var meta: EventMeta
    package let step: Step

    package init(meta: EventMeta, step: Step) {
        self.meta = meta
        self.step = step
    }
}

/// How the journal gets on with its disk: what cannot be kept is not begun.
///
/// - Topic: `state:journal`; a root event, told whenever it is another one, so that a replay closes the same gates.
package struct JournalCondition: Hashable, Codable, Sendable {
    package enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
        case ok
        /// The disk takes long, and takes everything.
        case slow
        /// Something has waited for the disk for too long.
        case stalled
        case full
        /// Writes fail, and are tried again.
        case failed
        /// Writes have failed for so long that the daemon ends.
        case lost
        /// The disk has not kept what it was given; the daemon ends at once.
        case fatal
    }

    package var meta: EventMeta
    package let kind: Kind
    /// Whether orders that enter may be placed.
    package let allowsTrading: Bool
    package let why: String

    package init(meta: EventMeta, kind: Kind, allowsTrading: Bool, why: String) {
        self.meta = meta
        self.kind = kind
        self.allowsTrading = allowsTrading
        self.why = why
    }
}

/// Something failed that is not an answer to anybody.
///
/// - Topic: `error:event`; published by any module, and by the bus for a handler that threw.
package struct ErrorEvent: Hashable, Codable, Sendable {
    package enum Severity: String, Hashable, Codable, Sendable { case warning, error, critical }

    package var meta: EventMeta
    package let module: Module
    package let severity: Severity
    /// A stable dotted code.
    package let code: String
    package let what: String
    package let why: String
    package let next: String

    package init(
        meta: EventMeta,
        module: Module,
        severity: Severity,
        code: String,
        what: String,
        why: String,
        next: String
    ) {
        self.meta = meta
        self.module = module
        self.severity = severity
        self.code = code
        self.what = what
        self.why = why
        self.next = next
    }
}
