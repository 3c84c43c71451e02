import Contracts

/// Where every event between the kernel and the disk stands.
///
/// A value under the writer's lock: it decides what each stage does next, and does nothing itself.
struct WriterState {
    /// Somebody who waits until the disk has the event `sequence`, or until it is known that it never will.
    struct Waiter: Sendable {
        let sequence: UInt64
        let perform: @Sendable (JournalError?) -> Void
    }

    /// At most so many encoded batches wait for the commit: one is written while the next one is encoded.
    private static let readyCountMax = 2

    let settings: JournalSettings
    var status: JournalStatus
    var monitor: HealthMonitor
    /// The number of the newest event that was handed over.
    var appended: UInt64
    var isClosed = false
    /// Set once the disk has lost something: from then on nothing is written.
    private(set) var broken: JournalError?
    /// How many threads wait for room.
    private(set) var blocked = 0
    /// The time of the newest committed event.
    private(set) var newest: UnixMilliseconds
    /// How often the write at hand has failed.
    private(set) var attempt = 0

    private var waiting: ArraySlice<[JournalEntry]> = []
    /// How much of the first batch is encoded.
    private var place = 0
    private var ready: [EncodedRows] = []
    private var spare: [EncodedRows] = []
    private var isEncoding = false
    private var isCommitting = false

    private(set) var committed: JournalHead
    private var isSyncing = false
    private var isSyncArmed = false
    /// The disk must have everything up to this number as soon as it is committed.
    private var syncNeeded: UInt64 = 0
    private var waiters: [Waiter] = []

    init(settings: JournalSettings, head: JournalHead, newest: UnixMilliseconds) {
        self.settings = settings
        self.newest = newest
        status = JournalStatus(head: head.sequence, durable: head)
        monitor = HealthMonitor(settings)
        appended = head.sequence
        committed = head
    }

    // MARK: Taking in

    /// Takes a batch; false where there is no room, and the caller must wait.
    mutating func take(_ batch: [JournalEntry], first: UInt64, last: UInt64, at now: UnixMilliseconds) -> Bool
    {
        let count = status.queuedCount
        // A batch larger than the whole queue goes alone.
        guard count == 0 || count + batch.count <= settings.queueLimitEvents else {
            blocked += 1
            status.blockedCount += 1
            return false
        }
        precondition(
            first == appended + 1 && last == appended + UInt64(batch.count),
            "the journal has no gap: resume the bus after the journal's head"
        )
        appended = last
        waiting.append(batch)
        status.queuedCount += batch.count
        monitor.began(at: now)
        return true
    }

    /// The threads to wake now that there is room.
    mutating func takeBlocked() -> Int {
        defer { blocked = 0 }
        return blocked
    }

    // MARK: Encoding

    /// Whether the encoder has to be started.
    mutating func startEncoding() -> Bool {
        guard !isEncoding, !waiting.isEmpty, ready.count < Self.readyCountMax, broken == nil else {
            return false
        }
        isEncoding = true
        return true
    }

    /// What to encode next, from which place of the first batch on, and memory for it; nil: nothing for now.
    mutating func nextToEncode() -> (batches: ArraySlice<[JournalEntry]>, place: Int, rows: EncodedRows)? {
        guard !waiting.isEmpty, ready.count < Self.readyCountMax, broken == nil else {
            isEncoding = false
            return nil
        }
        var count = -place
        let end = waiting.firstIndex { batch in
            count += batch.count
            return count > settings.transactionLimitEvents
        }
        let first = waiting.startIndex
        let batches = waiting[first..<max(end ?? waiting.endIndex, first + 1)]
        return (batches, place, spare.popLast() ?? EncodedRows())
    }

    /// `batchCount` batches are encoded whole, and of the next one what lies before `place`.
    mutating func encoded(_ rows: EncodedRows, batchCount: Int, place: Int) {
        waiting.removeFirst(batchCount)
        if waiting.isEmpty { waiting = [] }
        self.place = place
        ready.append(rows)
    }

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

    /// Puts what failed at the front, and gives the pause before the next try, in milliseconds.
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

    enum SyncStep {
        case now, later, none
    }

    /// Whether a sync has to begin, or to be planned, after a commit or a wish.
    mutating func planSync() -> SyncStep {
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
    mutating func wait(_ waiter: Waiter) -> Bool {
        guard waiter.sequence > status.durable.sequence else { return false }
        syncNeeded = max(syncNeeded, waiter.sequence)
        let index = waiters.lastIndex { $0.sequence <= waiter.sequence }.map { $0 + 1 } ?? 0
        waiters.insert(waiter, at: index)
        return true
    }

    /// Whether something that was handed over is not on disk.
    var isWaiting: Bool { status.durable.sequence < appended }
}
