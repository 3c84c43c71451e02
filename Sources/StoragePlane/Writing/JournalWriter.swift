import Contracts
import Dispatch
import Synchronization

/// Appends events to the journal, in three stages on queues of their own: encoding and chaining, committing, syncing.
///
/// - Shape: batches in the bus's order, without a gap; what waits is committed together.
/// - Order: `append` returns at once while there is room and waits for the disk when there is none; nothing is
///   dropped. The disk has events in the order of their numbers.
/// - Errors: a failed write is told to `onFailure`, kept, and tried again; a failed sync is never tried again: it is
///   told as ``JournalHealth/fatal(why:)``, and nothing is written any more.
package final class JournalWriter: Sendable {
    /// The journal's folder.
    package let path: String
    /// The newest event in the journal when it was opened; the bus resumes after it.
    package let head: UInt64
    /// What was found when it was opened.
    package let opening: JournalOpening

    let settings: JournalSettings
    let disk: any JournalDisk
    let onFailure: @Sendable (JournalError) -> Void
    let onHealth: @Sendable (JournalHealth) -> Void
    let encodeQueue = DispatchQueue(label: "journal-encode", qos: .userInitiated)
    let commitQueue = DispatchQueue(label: "journal-commit", qos: .userInitiated)
    let syncQueue = DispatchQueue(label: "journal-sync", qos: .userInitiated)
    let healthQueue = DispatchQueue(label: "journal-health")
    let room = DispatchSemaphore(value: 0)
    let encoder: Mutex<RowEncoder>
    let segments: Mutex<SegmentLog>
    /// The log of the segment that is written.
    let log: Mutex<LogDescriptor>
    let keeper: Mutex<SegmentKeeper?>
    let state: Mutex<WriterState>

    /// Opens the journal at `path` (its folder, or `FOLDER.db`), or makes it.
    ///
    /// `onFailure` hears of the first, second, fourth, eighth… failure in a row and `onHealth` of each change, on queues
    /// of the writer, and `onSealed` of the head of each segment that is complete and on disk; none may wait for the
    /// writer.
    package init(
        path: String,
        settings: JournalSettings = JournalSettings(),
        disk: any JournalDisk = SystemDisk(),
        onFailure: @escaping @Sendable (JournalError) -> Void = { _ in },
        onHealth: @escaping @Sendable (JournalHealth) -> Void = { _ in },
        onSealed: @escaping @Sendable (JournalHead) -> Void = { _ in }
    ) throws(JournalError) {
        let place = JournalPlace(path)
        let (file, opening) = try JournalOpener(place: place, settings: settings).open()
        let keepers = KeeperLink()
        self.path = place.folder
        self.opening = opening
        self.settings = settings
        self.disk = disk
        self.onFailure = onFailure
        self.onHealth = onHealth
        head = opening.head.sequence
        encoder = Mutex(RowEncoder(after: opening.head.hash))
        log = Mutex(file.log)
        state = Mutex(WriterState(settings: settings, head: opening.head, newest: file.newest))
        segments = Mutex(
            SegmentLog(file, place: place, settings: settings, disk: disk) { sealed in
                onSealed(sealed.head)
                keepers.putAway(sealed)
            }
        )
        keeper = Mutex(nil)
        let keeper = SegmentKeeper(place: place, settings: settings, writer: keeperFace())
        self.keeper.withLock { $0 = keeper }
        keepers.connect(keeper)
        keeper.look()
        watch()
    }

    package var status: JournalStatus {
        state.withLock { state in
            var status = state.status
            status.syncP99Milliseconds = state.monitor.syncP99
            status.health = state.monitor.health
            return status
        }
    }

    /// The newest row that the disk has, with the chain's link there: what is logged from time to time.
    package var durableHead: JournalHead { state.withLock { $0.status.durable } }

    /// Takes a batch and gives the number of its last event, for ``whenDurable(_:perform:)``; waits while the
    /// queue is full.
    ///
    /// After a fatal error nothing is taken any more.
    @discardableResult
    package func append(_ batch: [JournalEntry]) -> UInt64 {
        guard let first = batch.first?.event.meta.seq, let last = batch.last?.event.meta.seq else {
            return state.withLock { $0.appended }
        }
        while true {
            let now = disk.now
            let (isDone, encoding) = state.withLock { state -> (Bool, WriterState.Step) in
                precondition(!state.isClosed, "the journal is closed after the last event")
                guard state.broken == nil else { return (true, .none) }
                guard state.take(batch, first: first, last: last, at: now) else {
                    return (false, state.startEncoding())
                }
                return (true, state.startEncoding())
            }
            beginEncoding(encoding)
            if isDone { return last }
            room.wait()
        }
    }

    /// Performs `perform` once the disk has every event up to `sequence`, in the order of the numbers, on the writer's
    /// queue; with an error, at once, where it never will.
    package func whenDurable(_ sequence: UInt64, perform: @escaping @Sendable (JournalError?) -> Void) {
        let (isWaiting, broken, encoding, step) = state.withLock { state in
            let none = WriterState.Step.none
            guard state.broken == nil else { return (false, state.broken, none, none) }
            let isWaiting = state.wait(WriterState.Waiter(sequence: sequence, perform: perform))
            return (isWaiting, nil, state.startEncoding(), isWaiting ? state.planSync() : none)
        }
        if !isWaiting { syncQueue.async { perform(broken) } }
        beginEncoding(encoding)
        begin(step)
    }

    /// Waits until the disk has every event up to `sequence`.
    package func awaitDurable(_ sequence: UInt64) async throws(JournalError) {
        let error = await withCheckedContinuation { continuation in
            whenDurable(sequence) { continuation.resume(returning: $0) }
        }
        if let error { throw error }
    }

    /// Waits until all that was appended is on disk, or the settings' limit has passed.
    package func flush() throws(JournalError) {
        let (last, durable) = state.withLock { ($0.appended, $0.status.durable.sequence) }
        // All is there; who waited for it has been told when this returns.
        guard durable < last else { return syncQueue.sync {} }
        let end = FlushEnd()
        whenDurable(last) { error in end.come(error) }
        guard end.wait(seconds: settings.flushLimitSeconds) else {
            throw .notFlushed(
                path: path,
                seconds: settings.flushLimitSeconds,
                waitingCount: status.queuedCount
            )
        }
        if let error = end.error { throw error }
    }

    /// Waits until complete segments are compressed, thinned and deleted as far as their time has come.
    package func finishHousekeeping() { keeper.withLock { $0 }?.finish() }

    /// Performs `perform` on the thread that commits: it stands still where that does.
    ///
    /// For a watchdog.
    package func heartbeat(_ perform: @escaping @Sendable () -> Void) { commitQueue.async(execute: perform) }

    /// Flushes and lets go of the files; only the first call does anything.
    package func close() throws(JournalError) {
        try flush()
        let isFirst = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        guard isFirst else { return }
        keeper.withLock { $0 }?.stop()
        let failure = commitQueue.sync {
            segments.withLock { segments -> JournalError? in
                do {
                    try segments.close()
                    return nil
                } catch {
                    return SQLiteError.explain(error, path: path) { .cannotOpen(path: path, why: $0) }
                }
            }
        }
        if let failure { throw failure }
    }
}

/// How a flush ended, from the writer's thread to the one that waits.
private final class FlushEnd: Sendable {
    private let done = DispatchSemaphore(value: 0)
    private let failure = Mutex<JournalError?>(nil)

    var error: JournalError? { failure.withLock { $0 } }

    func come(_ error: JournalError?) {
        failure.withLock { $0 = error }
        done.signal()
    }

    func wait(seconds: Int) -> Bool { done.wait(timeout: .now() + .seconds(seconds)) == .success }
}
