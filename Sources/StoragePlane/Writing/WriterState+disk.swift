import Contracts

/// What becomes of encoded rows: committed to the file, then brought to the disk.
extension WriterState {
    // MARK: Committing

    mutating func startCommitting() -> Bool {
        guard !isCommitting, !ready.isEmpty, broken == nil else { return false }
        isCommitting = true
        return true
    }

    mutating func nextToCommit() -> EncodedRows? {
        guard !ready.isEmpty, broken == nil else {
            isCommitting = false
            return nil
        }
        return ready.removeFirst()
    }

    var hasReady: Bool { !ready.isEmpty }

    /// Nothing fails any more.
    mutating func healed() {
        attempt = 0
        status.failure = nil
    }

    /// The rows are in the file.
    mutating func committed(_ rows: EncodedRows) {
        status.commitCount += 1
        status.queuedCount -= rows.rows.count
        status.head = rows.head.sequence
        committed = rows.head
        newest = max(newest, rows.rows.last?.ts ?? newest)
        if settings.durability == .power || settings.durability == .byTopic && rows.isWriteAhead {
            syncNeeded = max(syncNeeded, rows.head.sequence)
        }
        var rows = rows
        rows.clear()
        if spare.count <= Self.readyCountMax { spare.append(rows) }
    }

    /// A write has failed; it waits at the front.
    ///
    /// The pause before the next try, in milliseconds.
    mutating func failed(_ rows: EncodedRows?) -> Int {
        if let rows { ready.insert(rows, at: 0) }
        attempt += 1
        status.failureCount += 1
        let doublings = min(attempt - 1, 16)
        return min(settings.retryDelayMinMilliseconds << doublings, settings.retryDelayMaxMilliseconds)
    }

    /// The disk has lost something.
    ///
    /// Whoever waits is told.
    mutating func broke(_ error: JournalError) -> [Waiter] {
        broken = broken ?? error
        defer { waiters = [] }
        return waiters
    }

    // MARK: Syncing

    /// Whether a sync has to begin, or to be planned, after a commit or a wish.
    mutating func planSync() -> Step {
        guard broken == nil, committed.sequence > status.durable.sequence, !isSyncing else { return .none }
        if syncNeeded > status.durable.sequence {
            isSyncing = true
            return .now
        }
        guard settings.durability != .process, !isSyncArmed else { return .none }
        isSyncArmed = true
        return .later
    }

    /// The planned time has come: whatever is committed is synced.
    mutating func syncIsDue() -> Bool {
        isSyncArmed = false
        guard broken == nil, committed.sequence > status.durable.sequence, !isSyncing else { return false }
        syncNeeded = max(syncNeeded, committed.sequence)
        isSyncing = true
        return true
    }

    /// What the next sync covers; nil: nothing waits for one.
    mutating func nextToSync() -> JournalHead? {
        guard broken == nil, syncNeeded > status.durable.sequence,
            committed.sequence > status.durable.sequence
        else {
            isSyncing = false
            return nil
        }
        return committed
    }

    /// The disk has everything up to `head`; who has waited for it.
    mutating func synced(_ head: JournalHead) -> [Waiter] {
        if head.sequence > status.durable.sequence { status.durable = head }
        guard !waiters.isEmpty else { return [] }
        let ready = waiters.prefix { $0.sequence <= status.durable.sequence }
        waiters.removeFirst(ready.count)
        return Array(ready)
    }

    /// Without a wish for durability a commit is all there is.
    var isDurableAtCommit: Bool { settings.durability == .process }

    /// Adds a waiter; false where it need not wait.
    ///
    /// What it waits for is gathered no longer.
    mutating func wait(_ waiter: Waiter) -> Bool {
        guard waiter.sequence > status.durable.sequence else { return false }
        isUrgent = isUrgent || waiter.sequence > committed.sequence
        syncNeeded = max(syncNeeded, waiter.sequence)
        let index = waiters.lastIndex { $0.sequence <= waiter.sequence }.map { $0 + 1 } ?? 0
        waiters.insert(waiter, at: index)
        return true
    }

    /// Whether something that was handed over is not on disk.
    var isWaiting: Bool { status.durable.sequence < appended }
}
