import Contracts
import Dispatch
import EventKernel

/// Finds the states to go on from, off the kernel, and posts them.
///
/// - Order: one `.restored` for each part that has a state, then `.done`; or `.failed` alone. Snapshots that had to be
///   passed over are told by an `error:event` before.
package final class SnapshotRecovery: Sendable {
    /// Where the planes stood at the journal's end.
    package typealias Finder = @Sendable (JournalReader) throws -> RecoveryPoint

    private let path: String
    private let inlet: Inlet
    private let clock: any HostClock
    private let find: Finder
    private let queue = DispatchQueue(label: "snapshot-recovery", qos: .userInitiated)

    /// Reads the journal at `path`; `find` says what to restore of it, and by itself what needs no replay.
    package init(
        path: String,
        inlet: Inlet,
        clock: any HostClock,
        find: @escaping Finder = { try $0.restartPoint() }
    ) {
        self.path = path
        self.inlet = inlet
        self.clock = clock
        self.find = find
    }

    /// Starts one recovery and returns at once.
    package func start(correlationID: CorrelationID? = nil) {
        queue.async {
            for event in self.events(correlationID) { self.inlet.post(event) }
        }
    }

    private func events(_ correlationID: CorrelationID?) -> [AnyEvent] {
        let point: RecoveryPoint
        do {
            let reader = try JournalReader(path: path)
            point = try find(reader)
            try reader.close()
        } catch {
            let why = (error as? any OperatorError)?.description ?? String(describing: error)
            return [StateRecovery(meta: meta(correlationID), step: .failed(why: why)).erased]
        }
        let meta = meta(correlationID)
        var events: [AnyEvent] = []
        if !point.passedOver.isEmpty { events.append(Self.warning(point, meta).erased) }
        for kept in point.snapshots {
            let step = StateRecovery.Step.restored(
                part: kept.part,
                version: kept.version,
                body: kept.body,
                asOf: kept.asOf
            )
            events.append(StateRecovery(meta: meta, step: step).erased)
        }
        if let lost = point.lost {
            let step = StateRecovery.Step.ordersLost(newest: lost.newest, placed: lost.placed)
            events.append(StateRecovery(meta: meta, step: step).erased)
        }
        return events + [StateRecovery(meta: meta, step: .done(parts: point.snapshots.count)).erased]
    }

    private func meta(_ correlationID: CorrelationID?) -> EventMeta {
        EventMeta(source: .storage, ts: clock.now, correlationID: correlationID)
    }

    private static func warning(_ point: RecoveryPoint, _ meta: EventMeta) -> ErrorEvent {
        ErrorEvent(
            meta: meta,
            module: .stateStore,
            severity: .warning,
            code: "journal.snapshot",
            what: "some of what was kept cannot be used",
            why: point.passedOver.joined(separator: "; "),
            next: "what came before it is; `botlab journal verify` tells what is wrong with the journal"
        )
    }
}
