import Contracts
import EventKernel
import FoundationEssentials
import StoragePlane
import Synchronization

/// A folder of a test's own; gone when the test lets go of it.
final class Scratch {
    let folder: String
    var journal: String { folder + "/journal.db" }

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/tradebot-storage-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}

/// The events as a bus that goes on after `head` numbers them.
func numbered(_ events: [AnyEvent], after head: UInt64 = 0) -> [JournalEntry] {
    let kernel = Kernel()
    kernel.bus.resume(after: head)
    var entries: [JournalEntry] = []
    kernel.bus.record { event, isRoot in entries.append(JournalEntry(event: event, isRoot: isRoot)) }
    for event in events { kernel.ingest(event) }
    return entries
}

/// `count` timer events after `head`.
func clocks(_ count: Int, after head: UInt64 = 0) -> [JournalEntry] {
    let events = (0..<count).map { index in
        ClockEvent(meta: EventMeta(source: .system, ts: 1_700_000_000_000 + Int64(head) + Int64(index)))
            .erased
    }
    return numbered(events, after: head)
}

/// What a writer's `onFailure` has said so far.
final class Failures: Sendable {
    private let errors = Mutex<[JournalError]>([])
    var all: [JournalError] { errors.withLock { $0 } }
    func add(_ error: JournalError) { errors.withLock { $0.append(error) } }
}
