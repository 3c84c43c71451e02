import Contracts
import Synchronization

/// The segments of one journal as a reader sees them: found anew for each question, opened when they are needed.
///
/// While one reads, the writer may begin a segment and its keeper may compress, thin or delete others; what is open
/// stays readable, and what has got another name since is found under it.
final class SegmentShelf: Sendable {
    /// Where one segment lies; a single file of any version has no name.
    struct Place: Hashable, Sendable {
        let name: SegmentName?
        let path: String
        /// The number of the next segment's first row; nil for the last one.
        var next: UInt64?

        var isCompressed: Bool { name?.isCompressed == true }
        /// The first number that can be here.
        var first: UInt64 { name?.first ?? 0 }
        /// The last number that can be here.
        var last: UInt64 { next.map { $0 - 1 } ?? .max }
    }

    /// What is kept of a file, for as long as it is the same file.
    private struct Known {
        let file: UInt64
        var reader: SegmentReader?
        var head: GzipHead?
        var chains: SegmentReader?
    }

    private let path: String
    /// Nil where a single file is read.
    private let folder: JournalPlace?
    /// The file that was used last stands last.
    private let known = Mutex<[(path: String, known: Known)]>([])
    /// So many stay open.
    private static let openCountMax = 4

    init(path: String) throws(JournalError) {
        self.path = path
        let place = JournalPlace(path)
        let isFolder = FileSystem.isFolder(place.folder)
        let namesFile = FileSystem.exists(path) && !FileSystem.isFolder(path)
        if isFolder, !namesFile {
            folder = place
        } else if isFolder, path == place.firstVersionFile, try !place.segments().isEmpty {
            // Version 1's file lies there still: its rows are in the folder too.
            folder = place
        } else {
            folder = nil
            guard namesFile else { throw .cannotOpen(path: path, why: "there is no such file or folder") }
        }
    }

    /// All segments in order.
    func places() throws(JournalError) -> [Place] {
        guard let folder else {
            let name = path.split(separator: "/").last.flatMap { SegmentName($0) }
            return [Place(name: name, path: path)]
        }
        var places: [Place] = []
        for name in try folder.segments() {
            if !places.isEmpty { places[places.count - 1].next = name.first }
            places.append(Place(name: name, path: folder.path(of: name)))
        }
        return places
    }

    /// The opened segment.
    func reader(of place: Place) throws(JournalError) -> SegmentReader {
        let (place, file) = try current(place)
        if let reader = remembered(place, file)?.reader { return reader }
        let reader =
            try place.isCompressed ? SegmentReader(unpacking: place.path) : SegmentReader(path: place.path)
        remember(place, file) { $0.reader = reader }
        return reader
    }

    /// What a segment says of itself; nil in version 1.
    func facts(of place: Place) throws(JournalError) -> SegmentFacts? {
        if let head = try head(of: place) { return head.facts }
        return try reader(of: place).facts()
    }

    /// Whether a segment may have rows of a correlation.
    func mayHold(_ correlation: String, in place: Place) throws(JournalError) -> Bool {
        try head(of: place)?.filter.mayContain(correlation) ?? true
    }

    /// The rows with a correlation of a compressed segment, where they are kept beside it.
    func chains(of place: Place) throws(JournalError) -> SegmentReader? {
        let (place, file) = try current(place)
        guard place.isCompressed, let facts = try head(of: place)?.facts else { return nil }
        // What has been unpacked already is as quick.
        if let known = remembered(place, file), let reader = known.reader ?? known.chains { return reader }
        guard let reader = ChainsFile.reader(besideCompressed: place.path, facts) else { return nil }
        remember(place, file) { $0.chains = reader }
        return reader
    }

    func close() throws(JournalError) {
        let open = known.withLock { known in
            defer { known = [] }
            return known.flatMap { [$0.known.reader, $0.known.chains].compactMap { $0 } }
        }
        for reader in open { try reader.close() }
    }

    /// The head of a compressed segment; nil for a plain one.
    private func head(of place: Place) throws(JournalError) -> GzipHead? {
        let (place, file) = try current(place)
        guard place.isCompressed else { return nil }
        if let head = remembered(place, file)?.head { return head }
        let head = try GzipHead(path: place.path)
        remember(place, file) { $0.head = head }
        return head
    }

    /// The same segment under the name that it has now, and which file that is.
    private func current(_ place: Place) throws(JournalError) -> (Place, UInt64) {
        if let file = FileSystem.identity(of: place.path) { return (place, file) }
        if let folder, let name = place.name, !name.isCompressed {
            let path = folder.path(of: name.compressed)
            if let file = FileSystem.identity(of: path) {
                return (Place(name: name.compressed, path: path, next: place.next), file)
            }
        }
        throw .cannotOpen(path: place.path, why: "there is no such file")
    }

    private func remembered(_ place: Place, _ file: UInt64) -> Known? {
        known.withLock { known in
            guard let index = known.firstIndex(where: { $0.path == place.path }) else { return nil }
            let found = known.remove(at: index)
            guard found.known.file == file else { return nil }
            known.append(found)
            return found.known
        }
    }

    private func remember(_ place: Place, _ file: UInt64, _ change: (inout Known) -> Void) {
        known.withLock { known in
            let index = known.firstIndex { $0.path == place.path && $0.known.file == file }
            var entry = index.map { known.remove(at: $0).known } ?? Known(file: file)
            change(&entry)
            known.append((place.path, entry))
            // What is not open costs nothing; the reader itself closes when the last who uses it lets go.
            let open = known.indices.filter { known[$0].known.reader != nil }
            for index in open.dropLast(Self.openCountMax) { known[index].known.reader = nil }
            let chains = known.indices.filter { known[$0].known.chains != nil }
            for index in chains.dropLast(Self.openCountMax) { known[index].known.chains = nil }
        }
    }
}
