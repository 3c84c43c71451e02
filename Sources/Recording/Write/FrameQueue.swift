import Contracts

/// Frames that wait for the disk, in one piece of memory with a bound.
struct FrameQueue: Sendable {
    struct Source: Hashable, Sendable {
        let connectionID: String
        let category: Category
    }

    enum Entry: Sendable {
        /// The next `byteCount` of the bytes, from the source of this index.
        case frame(receivedNanoseconds: Int64, source: Int, byteCount: Int)
        case gap(RecordingGap)
    }

    /// What an entry costs beside its bytes.
    static let entryBytes = MemoryLayout<Entry>.stride

    private(set) var entries: [Entry] = []
    private(set) var bytes: [UInt8] = []
    private(set) var sources: [Source] = []
    private let bytesMax: Int
    /// What was dropped after the last entry.
    private var pending: RecordingGap?

    init(bytesMax: Int) { self.bytesMax = bytesMax }

    var isEmpty: Bool { entries.isEmpty && pending == nil }
    var byteCount: Int { bytes.count + entries.count * Self.entryBytes }

    /// Takes a frame, or notes that it was dropped for want of room.
    mutating func append(
        _ frame: RawSpan,
        receivedNanoseconds: Int64,
        category: Category,
        connectionID: String
    ) -> Bool {
        // Once full it stays so until it is emptied, so that what is missing is in one piece.
        guard pending == nil, byteCount + frame.byteCount + Self.entryBytes <= bytesMax else {
            var gap = RecordingGap(
                firstNanoseconds: receivedNanoseconds,
                lastNanoseconds: receivedNanoseconds,
                frameCount: 1,
                byteCount: frame.byteCount
            )
            if let pending { gap.add(pending) }
            pending = gap
            return false
        }
        let source = index(of: category, connectionID)
        entries.append(
            .frame(receivedNanoseconds: receivedNanoseconds, source: source, byteCount: frame.byteCount)
        )
        unsafe frame.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        return true
    }

    /// Gives what waits and goes on with the memory of `spare`, which is empty.
    mutating func exchange(for spare: FrameQueue) -> FrameQueue {
        if let gap = pending { entries.append(.gap(gap)) }
        pending = nil
        defer { self = spare }
        return self
    }

    /// Forgets everything but the memory it lies in.
    mutating func empty() {
        entries.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        // One connection lives for long; a table that grows is one of names that change.
        if sources.count > 256 { sources.removeAll() }
    }

    private mutating func index(of category: Category, _ connectionID: String) -> Int {
        for index in sources.indices
        where sources[index].category == category && sources[index].connectionID == connectionID {
            return index
        }
        sources.append(Source(connectionID: connectionID, category: category))
        return sources.count - 1
    }
}
