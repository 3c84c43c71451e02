import Contracts
import Dispatch
import Synchronization

/// The stages before the disk. Each runs on its own queue until it has nothing to do, and starts the next one.
extension JournalWriter {
    func beginEncoding(_ step: WriterState.Step) {
        switch step {
        case .none: break
        case .now: encodeQueue.async { self.encode() }
        case .later:
            encodeQueue.asyncAfter(deadline: .now() + .milliseconds(settings.groupMilliseconds)) {
                self.beginEncoding(self.state.withLock { $0.gathered() })
            }
        }
    }

    /// Runs on the encoding queue: turns what waits into rows.
    func encode() {
        while let (batches, start, empty) = state.withLock({ $0.nextToEncode() }) {
            var rows = empty
            var (index, place) = (batches.startIndex, start)
            encoder.withLock { encoder in
                while index < batches.endIndex {
                    let batch = batches[index]
                    place = encoder.encode(
                        batch,
                        from: place,
                        bytesMax: settings.transactionLimitBytes,
                        into: &rows
                    )
                    guard place == batch.count else { break }
                    (index, place) = (index + 1, 0)
                }
            }
            let mustCommit = state.withLock { state in
                state.encoded(rows, batchCount: index - batches.startIndex, place: place)
                return state.startCommitting()
            }
            if mustCommit { commitQueue.async { self.commit() } }
        }
    }

    /// Runs on the committing queue: writes until nothing is ready, or a write fails.
    func commit() {
        while let rows = state.withLock({ $0.nextToCommit() }) {
            let isRetry = state.withLock { $0.attempt > 0 }
            do {
                try segments.withLock { segments in
                    try segments.write(rows, isRetry: isRetry)
                    log.withLock { $0 = segments.current.log }
                }
            } catch {
                return retry(rows, after: error)
            }
            for failure in rows.unencodable.prefix(1) { onFailure(failure) }
            committed(rows)
            guard takeIntoMainFile() else { return }
            heal()
        }
    }

    private func committed(_ rows: EncodedRows) {
        let (blocked, encoding, step, waiters) = state.withLock { state in
            state.committed(rows)
            let waiters = state.isDurableAtCommit ? state.synced(state.committed) : []
            return (state.takeBlocked(), state.startEncoding(), state.planSync(), waiters)
        }
        for _ in 0..<blocked { room.signal() }
        beginEncoding(encoding)
        begin(step)
        guard settings.durability == .process else { return }
        syncQueue.async {
            for waiter in waiters { waiter.perform(nil) }
            self.advance()
        }
    }

    /// A checkpoint that fails is tried again like a write: the rows are safe in the log, which must not grow for ever.
    private func takeIntoMainFile() -> Bool {
        do {
            try segments.withLock { try $0.checkpointIfDue() }
            return true
        } catch {
            retry(nil, after: error)
            return false
        }
    }

    private func retry(_ rows: EncodedRows?, after error: any Error) {
        let known = SQLiteError.explain(error, path: path) {
            .writeFailed(path: path, why: $0, attempt: 0, retryMilliseconds: 0, waitingCount: 0)
        }
        switch known {
        case .syncFailed, .damaged, .foreign: return breakOff(known)
        default: break
        }
        let now = disk.now
        let isFull = SQLiteError.isFull(error)
        let (failure, delay, health) = state.withLock { state in
            let delay = state.failed(rows)
            let failure = JournalError.writeFailed(
                path: path,
                why: known.why,
                attempt: state.attempt,
                retryMilliseconds: delay,
                waitingCount: state.status.queuedCount
            )
            state.status.failure = failure.description
            let health = state.monitor.failed(
                isFull ? .full(why: known.why) : .failed(why: known.why),
                at: now
            )
            // Reports thin out, so that a disk that stays full does not fill the inlet.
            return (state.attempt & (state.attempt - 1) == 0 ? failure : nil, delay, health)
        }
        tell(health)
        if let failure { onFailure(failure) }
        commitQueue.asyncAfter(deadline: .now() + .milliseconds(delay)) { self.tryAgain() }
    }

    private func tryAgain() {
        guard takeIntoMainFile() else { return }
        // Where rows wait, their commit shows whether it is over.
        if state.withLock({ !$0.hasReady }) { heal() }
        commit()
    }

    /// Writes and checkpoints succeed.
    private func heal() {
        let now = disk.now
        tell(
            state.withLock { state in
                state.healed()
                return state.monitor.committed(at: now)
            }
        )
    }
}
