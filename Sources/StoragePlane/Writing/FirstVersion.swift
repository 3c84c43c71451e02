import Contracts
import GRDB

/// Takes the single file of version 1 in as the journal's first segment: the same rows, now with a chain.
struct FirstVersion {
    let place: JournalPlace
    let settings: JournalSettings

    private var path: String { place.firstVersionFile }

    /// How many rows were taken in; nil where there is no such file.
    ///
    /// A crash leaves either the old file alone, or both; then the segment is whole, and the file is removed.
    func takeIn() throws(JournalError) -> Int? {
        guard FileSystem.exists(path) else { return nil }
        do {
            guard try place.segments().isEmpty else {
                try removeFile()
                return nil
            }
            let count = try convert()
            try removeFile()
            return count
        } catch {
            throw SQLiteError.explain(error, path: path) { .cannotOpen(path: path, why: $0) }
        }
    }

    private func convert() throws -> Int {
        let reader = try SegmentReader(path: path)
        guard reader.version == SegmentSchema.firstVersion else {
            throw JournalError.foreign(path: path, why: "it is a segment, and lies outside of its folder")
        }
        let journal = JournalOpener.drawID()
        var facts = SegmentFacts(journal: journal, first: 1, previous: .genesis(of: journal))
        facts.state = .closed
        let builder = try SegmentBuilder(
            path: place.path(of: SegmentName(first: 1)),
            pageBytes: settings.pageBytes
        )
        do {
            var count = 0
            try builder.fill { target in
                try target.nameEverything()
                count = try copyRows(of: reader, to: target, after: facts.previous)
                try copySnapshots(of: reader, to: target)
                return facts
            }
            try reader.close()
            try builder.publish(usesLog: true)
            return count
        } catch {
            builder.discard()
            throw error
        }
    }

    private func copyRows(
        of reader: SegmentReader,
        to target: SegmentBuilder.Target,
        after link: ChainHash
    ) throws -> Int {
        var (count, hash) = (0, link)
        try reader.scan("ORDER BY seq") { row in
            guard row.seq == Int64(count + 1) else {
                throw JournalError.missing(
                    path: path,
                    from: UInt64(count + 1),
                    to: UInt64(clamping: row.seq - 1)
                )
            }
            hash = try target.add(row, after: hash)
            count += 1
            return true
        }
        return count
    }

    /// Version 1 kept a copy of each snapshot's body beside its event; its place is enough.
    private func copySnapshots(of reader: SegmentReader, to target: SegmentBuilder.Target) throws {
        let kept = try reader.read { database in
            try Row.fetchAll(database, sql: "SELECT seq, part FROM snapshots ORDER BY seq").map {
                (seq: try $0.whole(0), part: try $0.text(1))
            }
        }
        for snapshot in kept { try target.addSnapshot(seq: snapshot.seq, part: snapshot.part, request: nil) }
    }

    private func removeFile() throws(JournalError) {
        for suffix in ["", "-wal", "-shm"] { try FileSystem.remove(path + suffix) }
        try FileSystem.sync(SegmentBuilder.folder(of: path))
    }
}
