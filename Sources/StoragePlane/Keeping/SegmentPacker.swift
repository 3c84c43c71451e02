import Contracts
import GRDB
import Glibc

/// Compresses a complete segment: gzip, with what it holds written in the file's head.
///
/// gzip because every tool reads it (`zcat` gives the SQLite file back) and zlib is in the base system; the price is
/// that a query unpacks the whole segment, which the head avoids where it can tell that nothing is there,
/// and a ``ChainsFile`` where one correlation is asked for.
struct SegmentPacker {
    let place: JournalPlace
    let level: Int
    let pageBytes: Int

    /// Compresses the segment and removes the plain file, once the compressed one is whole and on disk.
    func pack(_ name: SegmentName, isWanted: () -> Bool) throws {
        let source = place.path(of: name)
        let target = place.path(of: name.compressed)
        let part = target + SegmentBuilder.suffix
        let head = try head(of: source, isWanted)
        guard
            try GzipFile.compress(source, to: part, head: head.bytes, level: level, isWanted: isWanted)
        else { return }
        do {
            try GzipFile.check(part)
            try FileSystem.sync(part)
            try FileSystem.rename(part, to: target)
            try FileSystem.sync(place.folder)
        } catch {
            try? FileSystem.remove(part)
            throw error
        }
        try FileSystem.remove(source)
    }

    /// Looks through the plain segment: makes its chains file, and the head of its compressed one.
    private func head(of path: String, _ isWanted: () -> Bool) throws -> GzipHead {
        let reader = try SegmentReader(path: path)
        guard let facts = try reader.facts() else {
            throw JournalError.foreign(path: path, why: "it is no segment")
        }
        let filter = try reader.read { database in
            let sql = "FROM entries WHERE correlation IS NOT NULL"
            let count = try Int.fetchOne(database, sql: "SELECT count(DISTINCT correlation) \(sql)") ?? 0
            var filter = CorrelationFilter(idCount: count)
            let ids = try String.fetchCursor(database, sql: "SELECT DISTINCT correlation \(sql)")
            while let id = try ids.next() { filter.insert(id) }
            return filter
        }
        try ChainsFile.make(of: reader, facts, at: path, pageBytes: pageBytes, isWanted: isWanted)
        try reader.close()
        return GzipHead(facts: facts, filter: filter)
    }
}
