import Contracts
import EventKernel
import StoragePlane

/// Planes of their own that hear the end of a journal again, and then tell where they stand.
final class Retelling {
    private let world: ReplayWorld
    private let said = SaidEvents()
    private var kept: [StatefulPart: StateSnapshot] = [:]
    private var refusal: String?
    private let decoder = EventDecoder()

    /// Restores `set` into planes that have heard nothing else.
    init(_ configuration: Configuration, from set: RecoveryPoint, at time: UnixMilliseconds) throws {
        world = ReplayWorld(configuration)
        world.kernel.bus.record { [unowned self] event, isRoot in note(event, isRoot: isRoot) }
        for snapshot in set.snapshots {
            let step = StateRecovery.Step.restored(
                part: snapshot.part,
                version: snapshot.version,
                body: snapshot.body,
                asOf: snapshot.asOf
            )
            let meta = EventMeta(source: .storage, ts: time)
            world.kernel.ingest(StateRecovery(meta: meta, step: step))
            if let refusal { throw RetellingObstacle.refused(part: snapshot.part, why: refusal) }
            // The Orchestrator is asked by nobody: its newest word counts.
            guard snapshot.part == .orchestrator else { continue }
            kept[.orchestrator] = StateSnapshot(
                meta: meta,
                part: .orchestrator,
                version: snapshot.version,
                body: snapshot.body
            )
        }
        world.kernel.ingest(
            StateRecovery(
                meta: EventMeta(source: .storage, ts: time),
                step: .done(parts: set.snapshots.count)
            )
        )
        kept = kept.filter { $0.key == .orchestrator }
        said.forget()
    }

    /// Lets the planes hear the tail.
    func hear(_ tail: JournalTail) throws {
        try tail.forEachRow { row, isOfSameRun in
            if isOfSameRun { try hear(row) } else { try hearLater(row, tail) }
        }
        try said.endChain(before: tail.head + 1)
    }

    private func hear(_ row: JournalRow) throws {
        let event = try decoder.event(of: row)
        if row.isRoot { try said.endChain(before: row.sequence) }
        switch event {
        case .stateSnapshot(let snapshot):
            if snapshot.part == .orchestrator { kept[.orchestrator] = snapshot }
            return
        // The answers to it are in the journal.
        case .stateSnapshotRequest: return
        default: break
        }
        if !row.isRoot { said.noteJournaled(event) }
        world.kernel.retell(event, isRoot: row.isRoot)
    }

    /// Of a run that ended before it had recovered only the operator's commands count: it has traded nothing.
    private func hearLater(_ row: JournalRow, _ tail: JournalTail) throws {
        switch try decoder.event(of: row) {
        case .stateSnapshot(let snapshot):
            if snapshot.part == .orchestrator { kept[.orchestrator] = snapshot }
        case .stateRecovery(let recovery):
            guard case .done = recovery.step else { return }
            throw RetellingObstacle.missingSet(run: tail.nextRun ?? row.sequence)
        case .controlCommand(let command):
            world.kernel.retell(command.erased, isRoot: true, movesTime: false)
        default: return
        }
    }

    /// Has every part tell its state.
    func present(asOf head: UInt64, passedOver: [String]) throws -> RecoveryPoint {
        let request = SnapshotRequest(
            meta: EventMeta(source: .system, ts: world.kernel.now, correlationID: .snapshot(head)),
            why: "the journal has ended"
        )
        world.kernel.ingest(request)
        let snapshots = try StatefulPart.allCases.map { part in
            guard let snapshot = kept[part] else { throw RetellingObstacle.silent(part: part) }
            return KeptSnapshot(
                part: part,
                sequence: head,
                asOf: head,
                ts: world.kernel.now,
                version: snapshot.version,
                body: snapshot.body
            )
        }
        return RecoveryPoint(snapshots: snapshots, asOf: head, passedOver: passedOver)
    }

    private func note(_ event: AnyEvent, isRoot: Bool) {
        // What is retold is recorded as if it came from outside.
        guard !isRoot else { return }
        switch event {
        case .stateSnapshot(let snapshot):
            if snapshot.part != .orchestrator { kept[snapshot.part] = snapshot }
        case .errorEvent(let error): refusal = refusal ?? "\(error.what): \(error.why)"
        default: said.note(event)
        }
    }
}
