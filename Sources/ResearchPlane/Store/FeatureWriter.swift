import Contracts
import Dispatch
import Synchronization

/// Writes vectors and outcomes to their file, on a queue of its own.
///
/// - Order: a full queue drops its oldest row and counts it: research is not worth a halt of the kernel.
/// - Errors: a failed write is told to `onFailure` once, and tried again after a pause.
package final class FeatureWriter: Sendable {
    package struct Status: Hashable, Sendable {
        package var writtenCount = 0
        package var queuedCount = 0
        package var droppedCount = 0
        /// The last error's text while writes fail.
        package var failure: String?
    }

    private struct State {
        var waiting: [FeatureRow] = []
        var status = Status()
        var isScheduled = false
    }

    /// So many rows may wait for the disk.
    package static let queueLimitRows = 1 << 14
    package static let retryDelayMilliseconds = 1_000

    private let file: FeatureFile
    private let onFailure: @Sendable (FeatureStoreError) -> Void
    private let queue = DispatchQueue(label: "feature-writer", qos: .utility)
    private let state = Mutex(State())

    package init(
        file: FeatureFile,
        onFailure: @escaping @Sendable (FeatureStoreError) -> Void = { _ in }
    ) {
        self.file = file
        self.onFailure = onFailure
    }

    package var status: Status { state.withLock { $0.status } }

    /// Waits until all rows have been tried once, and lets go of the file.
    package func close() throws(FeatureStoreError) {
        queue.sync {}
        try file.close()
    }

    func take(_ row: FeatureRow) {
        let mustSchedule = state.withLock { state in
            state.waiting.append(row)
            trim(&state)
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        if mustSchedule { queue.async { self.drain() } }
    }

    private func trim(_ state: inout State) {
        let excess = state.waiting.count - Self.queueLimitRows
        if excess > 0 {
            state.waiting.removeFirst(excess)
            state.status.droppedCount += excess
        }
        state.status.queuedCount = state.waiting.count
    }

    private func drain() {
        while let batch = takeBatch() {
            do {
                try file.write(batch)
                state.withLock { state in
                    state.status.writtenCount += batch.count
                    state.status.failure = nil
                }
            } catch {
                keep(batch, after: error)
                queue.asyncAfter(deadline: .now() + .milliseconds(Self.retryDelayMilliseconds)) {
                    self.drain()
                }
                return
            }
        }
    }

    private func takeBatch() -> [FeatureRow]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isScheduled = false
                return nil
            }
            defer {
                state.waiting = []
                state.status.queuedCount = 0
            }
            return state.waiting
        }
    }

    private func keep(_ batch: [FeatureRow], after error: any Error) {
        let failure = FeatureStoreError.cannotWrite(
            path: file.path,
            why: String(describing: error),
            waitingCount: batch.count
        )
        let isNew = state.withLock { state in
            state.waiting = batch + state.waiting
            trim(&state)
            defer { state.status.failure = failure.description }
            return state.status.failure == nil
        }
        if isNew { onFailure(failure) }
    }
}
