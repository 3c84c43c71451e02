import Contracts
import Dispatch
import Synchronization

/// Appends events to the journal file, on a queue of its own.
///
/// - Shape: batches in the bus's order, without a gap; what waits is committed together.
/// - Order: `append` returns at once while there is room and waits for the disk when there is none; nothing is dropped.
/// - Errors: a failed write is told to `onFailure`, kept, and tried again until it succeeds.
package final class JournalWriter: Sendable {
    /// What the writer has done, for health and metrics.
    package struct Status: Hashable, Sendable {
        /// The newest event on disk.
        package var head: UInt64
        /// Events that wait for the disk.
        package var queuedCount = 0
        /// How often the kernel had to wait for room.
        package var blockedCount = 0
        package var failureCount = 0
        /// The last error's text while writes fail; nil as soon as one succeeds.
        package var failure: String?
    }

    private struct State {
        var waiting: ArraySlice<[JournalEntry]> = []
        var appended: UInt64
        var status: Status
        var attempt = 0
        var isScheduled = false
        var isClosed = false
        var blocked = 0
        var flushes: [(sequence: UInt64, done: DispatchSemaphore)] = []
    }

    package let path: String
    /// The newest event in the file when it was opened; the bus resumes after it.
    package let head: UInt64

    private let settings: JournalSettings
    private let onFailure: @Sendable (JournalError) -> Void
    private let queue = DispatchQueue(label: "journal-writer", qos: .userInitiated)
    private let room = DispatchSemaphore(value: 0)
    private let file: Mutex<JournalFile>
    private let state: Mutex<State>

    /// Opens the journal at `path`, or makes it.
    ///
    /// `onFailure` is called on the writer's queue, at the first, second, fourth, eighth… failure in a row.
    package init(
        path: String,
        settings: JournalSettings = JournalSettings(),
        onFailure: @escaping @Sendable (JournalError) -> Void = { _ in }
    ) throws(JournalError) {
        let file = try JournalFile(path: path, settings: settings)
        head = try file.head()
        self.path = path
        self.settings = settings
        self.onFailure = onFailure
        self.file = Mutex(file)
        state = Mutex(State(appended: head, status: Status(head: head)))
    }

    package var status: Status { state.withLock { $0.status } }

    /// Takes a batch; waits while the queue is full.
    package func append(_ batch: [JournalEntry]) {
        guard let first = batch.first?.event.meta.seq, let last = batch.last?.event.meta.seq else { return }
        while true {
            let (isTaken, mustSchedule) = state.withLock { state -> (Bool, Bool) in
                precondition(!state.isClosed, "the journal is closed after the last event")
                let count = state.status.queuedCount
                // A batch larger than the whole queue goes alone.
                guard count == 0 || count + batch.count <= settings.queueLimitEvents else {
                    state.blocked += 1
                    state.status.blockedCount += 1
                    return (false, false)
                }
                precondition(
                    first == state.appended + 1 && last == state.appended + UInt64(batch.count),
                    "the journal has no gap: resume the bus after the journal's head"
                )
                state.appended = last
                state.waiting.append(batch)
                state.status.queuedCount += batch.count
                defer { state.isScheduled = true }
                return (true, !state.isScheduled)
            }
            if mustSchedule { queue.async { self.drain() } }
            if isTaken { return }
            room.wait()
        }
    }

    /// Waits until all that was appended is on disk, or the settings' limit has passed.
    package func flush() throws(JournalError) {
        let done = state.withLock { state -> DispatchSemaphore? in
            guard state.status.head < state.appended else { return nil }
            let done = DispatchSemaphore(value: 0)
            state.flushes.append((state.appended, done))
            return done
        }
        guard let done else { return }
        guard done.wait(timeout: .now() + .seconds(settings.flushLimitSeconds)) == .timedOut else { return }
        throw .notFlushed(path: path, seconds: settings.flushLimitSeconds, waitingCount: status.queuedCount)
    }

    /// Flushes and lets go of the file; only the first call does anything.
    package func close() throws(JournalError) {
        try flush()
        let isFirst = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        guard isFirst else { return }
        try file.withLock { file throws(JournalError) in try file.close() }
    }

    /// Runs on the queue: writes until nothing waits, or a write fails.
    private func drain() {
        while let (batches, attempt) = nextTransaction() {
            do {
                let unencodable = try file.withLock { try $0.write(batches, isRetry: attempt > 0) }
                committed(batches)
                for failure in unencodable.prefix(1) { onFailure(failure) }
            } catch {
                retry(after: error)
                return
            }
        }
    }

    private func nextTransaction() -> (ArraySlice<[JournalEntry]>, attempt: Int)? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isScheduled = false
                return nil
            }
            var count = 0
            let end = state.waiting.firstIndex { batch in
                count += batch.count
                return count > settings.transactionLimitEvents
            }
            let first = state.waiting.startIndex
            let batches = state.waiting[first..<max(end ?? state.waiting.endIndex, first + 1)]
            return (batches, state.attempt)
        }
    }

    private func committed(_ batches: ArraySlice<[JournalEntry]>) {
        let blocked = state.withLock { state -> Int in
            state.waiting.removeFirst(batches.count)
            if state.waiting.isEmpty { state.waiting = [] }
            state.attempt = 0
            state.status.failure = nil
            state.status.queuedCount -= batches.reduce(0) { $0 + $1.count }
            state.status.head = batches.last?.last?.event.meta.seq ?? state.status.head
            let head = state.status.head
            for flush in state.flushes where flush.sequence <= head { flush.done.signal() }
            state.flushes.removeAll { $0.sequence <= head }
            defer { state.blocked = 0 }
            return state.blocked
        }
        for _ in 0..<blocked { room.signal() }
    }

    private func retry(after error: any Error) {
        let (failure, delay) = state.withLock { state -> (JournalError?, Int) in
            state.attempt += 1
            let doublings = min(state.attempt - 1, 16)
            let delay = min(
                settings.retryDelayMinMilliseconds << doublings,
                settings.retryDelayMaxMilliseconds
            )
            let failure = JournalSchema.explain(error, path: path) {
                .writeFailed(
                    path: path,
                    why: $0,
                    attempt: state.attempt,
                    retryMilliseconds: delay,
                    waitingCount: state.status.queuedCount
                )
            }
            state.status.failureCount += 1
            state.status.failure = failure.description
            // Reports thin out, so that a disk that stays full does not fill the inlet.
            return (state.attempt & (state.attempt - 1) == 0 ? failure : nil, delay)
        }
        if let failure { onFailure(failure) }
        queue.asyncAfter(deadline: .now() + .milliseconds(delay)) { self.drain() }
    }
}
