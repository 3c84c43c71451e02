import Contracts
import FoundationEssentials
import StoragePlane
import Synchronization

/// A folder of a test's own; gone when the test lets go of it.
final class Scratch {
    let folder: String
    var journal: String { folder + "/journal" }
    /// The segment whose first row has the number `first`.
    func segment(_ first: UInt64 = 1) -> String { journal + "/" + SegmentName(first: first).text }

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/tradebot-storage-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// The names of the segments' files, in order.
    var segmentFiles: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: journal).filter { SegmentName($0) != nil }
                .sorted()
        }
    }

    /// Appends batches to the journal and closes it.
    func write(
        _ batches: [[JournalEntry]],
        settings: JournalSettings = JournalSettings()
    ) throws {
        let writer = try JournalWriter(path: journal, settings: settings)
        for batch in batches { writer.append(batch) }
        try writer.close()
    }

    func makeFolder() throws {
        try FileManager.default.createDirectory(atPath: journal, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}

/// What a writer's `onFailure` has said so far.
final class Failures: Sendable {
    private let errors = Mutex<[JournalError]>([])
    var all: [JournalError] { errors.withLock { $0 } }
    func add(_ error: JournalError) { errors.withLock { $0.append(error) } }
}

/// The heads that a writer has told of.
final class Heads: Sendable {
    private let heads = Mutex<[JournalHead]>([])
    var all: [JournalHead] { heads.withLock { $0 } }
    func add(_ head: JournalHead) { heads.withLock { $0.append(head) } }
}
