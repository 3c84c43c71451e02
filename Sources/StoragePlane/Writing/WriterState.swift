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

    /// When something has to be done.
    enum Step {
        case now, later, none
    }

    /// At most so many encoded batches wait for the commit: one is written while the next one is encoded.
    static let readyCountMax = 2

    let settings: JournalSettings
    var status: JournalStatus
    var monitor: HealthMonitor
    /// The number of the newest event that was handed over.
    var appended: UInt64
    var isClosed = false
    /// Set once the disk has lost something: from then on nothing is written.
    var broken: JournalError?
    /// How many threads wait for room.
    var blocked = 0
    /// The time of the newest committed event.
    var newest: UnixMilliseconds
    /// How often the write at hand has failed.
    var attempt = 0

    var waiting: ArraySlice<[JournalEntry]> = []
    /// How much of the first batch is encoded.
    var place = 0
    var ready: [EncodedRows] = []
    var spare: [EncodedRows] = []
    var waitingCount = 0
    /// Whether something that waits is waited for.
    var isUrgent = false
    var isGatheringArmed = false
    var isEncoding = false
    var isCommitting = false

    var committed: JournalHead
    var isSyncing = false
    var isSyncArmed = false
    /// The disk must have everything up to this number as soon as it is committed.
    var syncNeeded: UInt64 = 0
    var waiters: [Waiter] = []

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
        waitingCount += batch.count
        isUrgent = isUrgent || settings.isUrgent(batch)
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

    /// Whether the encoder has to be started, at once or when enough has gathered.
    mutating func startEncoding() -> Step {
        guard !isEncoding, !waiting.isEmpty, ready.count < Self.readyCountMax, broken == nil else {
            return .none
        }
        guard isUrgent || waitingCount >= settings.transactionLimitEvents / 2 else {
            guard !isGatheringArmed else { return .none }
            isGatheringArmed = true
            return .later
        }
        isEncoding = true
        return .now
    }

    /// The time to gather is over.
    mutating func gathered() -> Step {
        isGatheringArmed = false
        isUrgent = !waiting.isEmpty
        return startEncoding()
    }

    /// What to encode next, from which place of the first batch on, and memory for it; nil: nothing for now.
    mutating func nextToEncode() -> (batches: ArraySlice<[JournalEntry]>, place: Int, rows: EncodedRows)? {
        guard !waiting.isEmpty, ready.count < Self.readyCountMax, broken == nil else {
            isEncoding = false
            isUrgent = isUrgent && !waiting.isEmpty
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
        waitingCount -= rows.rows.count
        if waiting.isEmpty { waiting = [] }
        self.place = place
        ready.append(rows)
    }
}

extension JournalSettings {
    /// Whether a batch holds something that is waited for.
    fileprivate func isUrgent(_ batch: [JournalEntry]) -> Bool {
        groupMilliseconds == 0 || durability == .power
            || batch.contains { $0.event.topic.durability == .writeAhead }
    }
}
