import Glibc

/// Where a journal lies: a folder of segments, and beside it the single file that version 1 wrote.
///
/// `STATE/journal` and `STATE/journal.db` name the same journal; the latter may also be a file to be read by itself.
struct JournalPlace: Hashable, Sendable {
    /// The folder of the segments.
    let folder: String
    /// What version 1 wrote; taken in when the journal is opened for writing.
    let firstVersionFile: String

    init(_ path: String) {
        var path = path
        while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
        folder = path.hasSuffix(".db") ? String(path.dropLast(3)) : path
        firstVersionFile = folder + ".db"
    }

    func path(of name: SegmentName) -> String { folder + "/" + name.text }

    /// The segments there are, in order; of one that is there plain and compressed, the plain one.
    ///
    /// The folder is the catalogue: it is read anew each time, so nothing can disagree with it.
    func segments() throws(JournalError) -> [SegmentName] {
        var byFirst: [UInt64: SegmentName] = [:]
        for name in try FileSystem.names(in: folder).compactMap(SegmentName.init) {
            if byFirst[name.first]?.isCompressed == false { continue }
            byFirst[name.first] = name
        }
        return byFirst.values.sorted { $0.first < $1.first }
    }
}
