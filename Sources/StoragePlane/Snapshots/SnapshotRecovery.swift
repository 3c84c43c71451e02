import Contracts
import Dispatch
import EventKernel

/// Reads the states to go on from, off the kernel, and posts what it finds.
///
/// - Order: one `.restored` for each part that has a snapshot, then `.done`; or `.failed` alone. Snapshots that had to
///   be passed over are told by an `error:event` before.
package final class SnapshotRecovery: Sendable {
    private let path: String
    private let inlet: Inlet
    private let clock: any HostClock
    private let expected: Set<StatefulPart>?
    private let queue = DispatchQueue(label: "snapshot-recovery", qos: .userInitiated)

    /// Reads the journal at `path`.
    ///
    /// With `expected` parts the newest whole set of one request is restored, and whoever asks replays what came after
    /// it; without, what needs no replay: see ``JournalReader/restartPoint()``.
    package init(
        path: String,
        inlet: Inlet,
        clock: any HostClock,
        expected: Set<StatefulPart>? = nil
    ) {
        self.path = path
        self.inlet = inlet
        self.clock = clock
        self.expected = expected
    }

    /// Starts one recovery and returns at once.
    package func start(correlationID: CorrelationID? = nil) {
        queue.async {
            for event in self.events(correlationID) { self.inlet.post(event) }
        }
    }

    private func events(_ correlationID: CorrelationID?) -> [AnyEvent] {
        let meta = EventMeta(source: .storage, ts: clock.now, correlationID: correlationID)
        do throws(JournalError) {
            let reader = try JournalReader(path: path)
            let point = try reader.point(expected)
            try reader.close()
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
            return events + [StateRecovery(meta: meta, step: .done(parts: point.snapshots.count)).erased]
        } catch {
            return [StateRecovery(meta: meta, step: .failed(why: error.description)).erased]
        }
    }

    private static func warning(_ point: RecoveryPoint, _ meta: EventMeta) -> ErrorEvent {
        ErrorEvent(
            meta: meta,
            module: .stateStore,
            severity: .warning,
            code: "journal.snapshot",
            what: "\(point.passedOver.count) kept states cannot be used",
            why: point.passedOver.joined(separator: "; "),
            next: "the ones before them are; `botlab journal verify` tells what is wrong with the journal"
        )
    }
}

extension JournalReader {
    fileprivate func point(_ expected: Set<StatefulPart>?) throws(JournalError) -> RecoveryPoint {
        if let expected { return try recoveryPoint(expected: expected) }
        return try restartPoint()
    }
}
