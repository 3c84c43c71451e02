import Contracts
import EventKernel

/// The kernel's side of the kept state: has snapshots restored when the Orchestrator asks for a recovery.
///
/// The snapshots themselves are kept by the journal's writer, in the transaction of their own events.
package final class StateStore {
    private let recovery: SnapshotRecovery?
    /// The newest snapshot of this run, by part.
    package private(set) var newest: [StatefulPart: UInt64] = [:]
    package private(set) var snapshotCount = 0

    /// Without a `recovery`, as in a replay, the journal's own answers are all there are.
    package init(recovery: SnapshotRecovery?, kernel: Kernel) {
        self.recovery = recovery
        kernel.bus.on(StateSnapshot.self, as: .stateStore) { snapshot in
            self.newest[snapshot.part] = snapshot.meta.seq
            self.snapshotCount += 1
        }
        kernel.bus.on(StateRecovery.self, as: .stateStore) { event in
            guard case .requested = event.step else { return }
            self.recovery?.start(correlationID: event.meta.correlationID)
        }
    }
}
