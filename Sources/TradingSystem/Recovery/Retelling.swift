import Contracts
import EventKernel
import StoragePlane

/// Planes of their own that hear the end of a journal again, and then tell where they stand.
///
/// Only those that keep their state are made; what the others said is the journal's. Each event gets the number that it
/// had, so what is named after a number comes out as it did.
final class Retelling {
    private let kernel = Kernel()
    private let said = SaidEvents()
    private var kept: [StatefulPart: StateSnapshot] = [:]
    private var refusal: String?
    private let decoder = EventDecoder()
    /// The newest event from outside and what followed from it: heard once the next one is known, for timers fire on
    /// the way to that, and numbers are looked up.
    private var chain: [(event: AnyEvent, isRoot: Bool)] = []
    /// The numbers in the chain of what was published by modules that are not made here.
    private var ofOthers: Set<UInt64> = []

    /// Restores `set` into planes that have heard nothing else.
    init(_ configuration: Configuration, from set: RecoveryPoint, at time: UnixMilliseconds) throws {
        Planes.makeKeepers(configuration, stopwatch: nil, kernel: kernel)
        kernel.bus.record { [unowned self] event, isRoot in note(event, isRoot: isRoot) }
        for snapshot in set.snapshots {
            let step = StateRecovery.Step.restored(
                part: snapshot.part,
                version: snapshot.version,
                body: snapshot.body,
                asOf: snapshot.asOf
            )
            let meta = EventMeta(source: .storage, ts: time)
            kernel.ingest(StateRecovery(meta: meta, step: step))
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
        kernel.ingest(
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
            if isOfSameRun {
                let event = try decoder.event(of: row)
                if row.isRoot { try hearChain(before: row.sequence, at: row.ts) }
                chain.append((event, row.isRoot))
                if !row.isRoot, event.isOfOthers { ofOthers.insert(row.sequence) }
            } else {
                try hearChain(before: row.sequence, at: nil)
                try hearLater(row, tail)
            }
        }
        try hearChain(before: tail.head + 1, at: nil)
    }

    /// Lets the planes hear the chain that has ended, and compares it with what they say.
    private func hearChain(before next: UInt64, at horizon: UnixMilliseconds?) throws {
        for (event, isRoot) in chain { hear(event, isRoot: isRoot, toward: horizon) }
        chain.removeAll(keepingCapacity: true)
        ofOthers.removeAll(keepingCapacity: true)
        try said.endChain(before: next)
    }

    private func hear(_ event: AnyEvent, isRoot: Bool, toward horizon: UnixMilliseconds?) {
        var telling = Kernel.Telling(isRoot: isRoot, horizon: horizon)
        switch event {
        case .stateSnapshot(let snapshot):
            if snapshot.part == .orchestrator { kept[.orchestrator] = snapshot }
            telling.isHeard = false
        // The answers to it are in the journal.
        case .stateSnapshotRequest: telling.isHeard = false
        default: break
        }
        if !isRoot { said.noteJournaled(event) }
        kernel.retell(event, telling) { ofOthers.contains($0) }
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
            kernel.retell(command.erased, .init(isRoot: true, movesTime: false))
        default: return
        }
    }

    /// Has every part tell its state.
    func present(asOf head: UInt64, passedOver: [String]) throws -> RecoveryPoint {
        let request = SnapshotRequest(
            meta: EventMeta(source: .system, ts: kernel.now, correlationID: .snapshot(head)),
            why: "the journal has ended"
        )
        kernel.ingest(request)
        let snapshots = try StatefulPart.allCases.map { part in
            guard let snapshot = kept[part] else { throw RetellingObstacle.silent(part: part) }
            return KeptSnapshot(
                part: part,
                sequence: head,
                asOf: head,
                ts: kernel.now,
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

extension AnyEvent {
    /// Whether it was published by a module that keeps no state, or answers a request that is not heard again.
    fileprivate var isOfOthers: Bool {
        switch self {
        case .stateSnapshot(let snapshot):
            if snapshot.part == .orchestrator { return true }
            if case .snapshot = snapshot.meta.correlationID { return true }
            return false
        case .errorEvent(let error): return !Self.keepers.contains(error.module)
        case .controlOutcome(let outcome):
            return !outcome.command.hasPrefix("strategy_") && !outcome.command.hasPrefix("risk_")
        default: return !topic.publishers.contains(where: Self.keepers.contains)
        }
    }

    private static let keepers: Set<Module> = [
        .positionManager, .paperVenue, .featureEngine, .contextBuilder, .strategyManager, .riskManager,
        .executionEngine,
    ]
}
