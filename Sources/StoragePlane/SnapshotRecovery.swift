import Contracts
import Dispatch
import EventKernel

/// Reads the newest valid snapshot of every part, off the kernel, and posts what it finds.
///
/// - Order: one `.restored` for each part that has a snapshot, then `.done`; or `.failed` alone.
package final class SnapshotRecovery: Sendable {
    private let path: String
    private let inlet: Inlet
    private let clock: any HostClock
    private let queue = DispatchQueue(label: "snapshot-recovery", qos: .userInitiated)

    /// Reads the journal at `path`.
    package init(path: String, inlet: Inlet, clock: any HostClock) {
        self.path = path
        self.inlet = inlet
        self.clock = clock
    }

    /// Starts one recovery and returns at once.
    package func start(correlationID: CorrelationID? = nil) {
        queue.async {
            for step in self.steps() {
                let meta = EventMeta(source: .storage, ts: self.clock.now, correlationID: correlationID)
                self.inlet.post(StateRecovery(meta: meta, step: step).erased)
            }
        }
    }

    private func steps() -> [StateRecovery.Step] {
        do throws(JournalError) {
            let reader = try JournalReader(path: path)
            var steps: [StateRecovery.Step] = []
            for part in StatefulPart.allCases {
                guard let kept = try reader.newestSnapshot(of: part) else { continue }
                steps.append(
                    .restored(part: part, version: kept.version, body: kept.body, asOf: kept.sequence)
                )
            }
            try reader.close()
            return steps + [.done(parts: steps.count)]
        } catch {
            return [.failed(why: error.description)]
        }
    }
}
