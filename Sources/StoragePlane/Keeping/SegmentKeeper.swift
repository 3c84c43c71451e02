import Contracts
import Dispatch
import GRDB
import Synchronization

/// Puts complete segments away: compresses them, thins them out and deletes them as their time comes.
///
/// Runs on a queue of its own and touches no file that is written, so the writer never waits for it. What is cut short
/// is begun anew at the next occasion: each step ends with a rename.
final class SegmentKeeper: Sendable {
    /// What only the writer can do, or know.
    struct Writer: Sendable {
        /// The newest event's time.
        let newest: @Sendable () -> UnixMilliseconds
        /// Has a record of what is about to be deleted on disk.
        let record: @Sendable (Retirement) throws -> Void
        let report: @Sendable (JournalError) -> Void
    }

    private let place: JournalPlace
    private let settings: JournalSettings
    private let writer: Writer
    private let queue = DispatchQueue(label: "journal-keeper", qos: .utility)
    private let isStopping = Atomic(false)

    init(place: JournalPlace, settings: JournalSettings, writer: Writer) {
        self.place = place
        self.settings = settings
        self.writer = writer
    }

    /// Takes over a segment that the writer has completed.
    func putAway(_ sealed: SealedFile) {
        queue.async {
            do { try sealed.database.close() } catch { self.tell(error, sealed.path) }
            self.work(at: sealed.ended)
        }
    }

    /// Looks for segments whose time has come.
    func look() { queue.async { self.work(at: self.writer.newest()) } }

    /// Returns when all that was to be done by now is done.
    func finish() { queue.sync {} }

    /// Ends the work at hand as it is; returns when nothing is touched any more.
    func stop() {
        isStopping.store(true, ordering: .releasing)
        queue.sync {}
    }

    private var isWanted: Bool { !isStopping.load(ordering: .acquiring) }

    private func tell(_ error: any Error, _ path: String) {
        guard !(error is Stopped) else { return }
        writer.report(SQLiteError.explain(error, path: path) { .housekeeping(path: path, why: $0) })
    }

    /// `now`: the newest event's time.
    private func work(at now: UnixMilliseconds) {
        do {
            var segments = try complete()
            try retire(&segments, now)
            for index in segments.indices {
                guard isWanted else { return }
                do { try care(for: segments, at: index, now) } catch {
                    tell(error, segments[index].place.path)
                }
            }
        } catch {
            tell(error, place.folder)
        }
    }

    /// A complete segment and what it says of itself.
    private struct Complete {
        let place: SegmentShelf.Place
        let facts: SegmentFacts
        let seal: SegmentFacts.Seal
    }

    /// All but the one that is written, oldest first.
    private func complete() throws(JournalError) -> [Complete] {
        let shelf = try SegmentShelf(path: place.folder)
        var complete: [Complete] = []
        for place in try shelf.places().dropLast() {
            guard let facts = try shelf.facts(of: place), let seal = facts.seal else { continue }
            complete.append(Complete(place: place, facts: facts, seal: seal))
        }
        // A file that we hold open ourselves could not be put away.
        try shelf.close()
        return complete
    }

    private func age(of segment: Complete, _ now: UnixMilliseconds) -> Int {
        Int(UTCDay.number(of: now) - UTCDay.number(of: segment.seal.lastTs))
    }

    /// Whether all parts of the state that a segment keeps are kept by later ones too.
    private func isSuperseded(_ segments: [Complete], at index: Int) -> Bool {
        let later = Set(segments[(index + 1)...].flatMap(\.seal.parts))
        return later.isSuperset(of: segments[index].seal.parts)
    }

    /// Deletes the oldest segments whose time is up, after a record of it is on disk.
    private func retire(_ segments: inout [Complete], _ now: UnixMilliseconds) throws {
        while settings.retentionDays > 0, isWanted, let oldest = segments.first,
            age(of: oldest, now) > settings.retentionDays, isSuperseded(segments, at: 0)
        {
            let seal = oldest.seal
            try writer.record(
                Retirement(
                    last: seal.last,
                    hash: seal.hash,
                    lastTs: seal.lastTs,
                    decided: now
                )
            )
            try remove(oldest.place)
            segments.removeFirst()
        }
    }

    private func remove(_ segment: SegmentShelf.Place) throws(JournalError) {
        guard let name = segment.name else { return }
        let plain = place.path(of: SegmentName(first: name.first))
        for path in [plain + "-wal", plain + "-shm", plain, plain + ".gz", plain + ChainsFile.suffix] {
            try FileSystem.remove(path)
        }
        try FileSystem.sync(place.folder)
    }

    private func care(for segments: [Complete], at index: Int, _ now: UnixMilliseconds) throws {
        let segment = segments[index]
        let age = age(of: segment, now)
        var isPlain = !segment.place.isCompressed
        if isPlain {
            try settle(segment.place.path)
            // Somebody reads it still, and a log beside a file belongs to that very file.
            guard !FileSystem.exists(segment.place.path + "-wal") else { return }
        }
        if settings.marketRetentionDays > 0, segment.facts.thinned == nil, age > settings.marketRetentionDays
        {
            try thin(segment, now, keepsSnapshots: !isSuperseded(segments, at: index))
            isPlain = true
        }
        guard isPlain, segment.place.isCompressed || age >= settings.compressAfterDays else { return }
        let packer = SegmentPacker(
            place: place,
            level: settings.compressionLevel,
            pageBytes: settings.pageBytes
        )
        try packer.pack(SegmentName(first: segment.facts.first)) { isWanted }
    }

    private func thin(_ segment: Complete, _ now: UnixMilliseconds, keepsSnapshots: Bool) throws {
        let path = segment.place.path
        let reader =
            try segment.place.isCompressed ? SegmentReader(unpacking: path) : SegmentReader(path: path)
        let thinner = SegmentThinner(settings: settings, now: now, keepsSnapshots: keepsSnapshots)
        let plain = place.path(of: SegmentName(first: segment.facts.first))
        try thinner.thin(reader, segment.facts, to: plain) { isWanted }
        try reader.close()
    }

    /// Gives a complete file the mode of one that is only read, so that nobody needs a log beside it.
    ///
    /// A reader that has it open prevents that; then it stays as it is until the next occasion.
    private func settle(_ path: String) throws {
        guard FileSystem.exists(path + "-wal") || FileHead(path: path)?.usesLog == true else { return }
        let database = try DatabaseQueue(path: path)
        do {
            try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {}
        try database.close()
    }
}

/// The keeper was told to stop in the middle of something.
struct Stopped: Error {}
