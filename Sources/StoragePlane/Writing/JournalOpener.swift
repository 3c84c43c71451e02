import Contracts
import GRDB
import Glibc

/// Opens a journal for writing: takes in what an old version left, checks the end, and refuses what it cannot trust.
struct JournalOpener {
    let place: JournalPlace
    let settings: JournalSettings

    /// The segment to write on, and what was found.
    func open() throws(JournalError) -> (SegmentFile, JournalOpening) {
        try FileSystem.makeFolder(place.folder)
        try removeLeftovers()
        let migratedCount = try FirstVersion(place: place, settings: settings).takeIn()
        let names = try place.segments()
        for name in names { try Self.playBack(place.path(of: name)) }
        guard let newest = names.last else { return try begin(migratedCount) }
        // Whoever opens the file makes a log, so it is looked for before.
        let hasLog = FileSystem.exists(place.path(of: newest) + "-wal")
        let last = try checkLinks()
        var (file, opening) = try goOn(with: last, hasLog: hasLog)
        opening.migratedCount = migratedCount
        opening.segmentCount = try place.segments().count
        return (file, opening)
    }

    private func begin(_ migratedCount: Int?) throws(JournalError) -> (SegmentFile, JournalOpening) {
        let journal = Self.drawID()
        let facts = SegmentFacts(journal: journal, first: 1, previous: .genesis(of: journal))
        let file = try make(facts)
        let opening = JournalOpening(
            head: file.head,
            journal: journal,
            segmentCount: 1,
            migratedCount: migratedCount
        )
        return (file, opening)
    }

    /// The last segment, whose facts follow from all those before it.
    private func checkLinks() throws(JournalError) -> (path: String, facts: SegmentFacts) {
        let shelf = try SegmentShelf(path: place.folder)
        let places = try shelf.places()
        var found: [SegmentFacts] = []
        for place in places {
            if !place.isCompressed { try FileHead.check(place.path) }
            guard let facts = try shelf.facts(of: place) else {
                throw .foreign(path: place.path, why: "it is a journal of version 1 among segments")
            }
            found.append(facts)
        }
        var links = SegmentLinks(retirements: found.compactMap(\.retired))
        for (place, facts) in zip(places, found) {
            links.take(facts, name: place.name, path: place.path, isLast: place == places.last)
        }
        if let fault = links.faults.first { throw fault.error }
        try shelf.close()
        guard let last = found.last, let end = places.last else {
            throw .cannotOpen(path: place.folder, why: "its segments are gone")
        }
        return (end.path, last)
    }

    private func goOn(
        with last: (path: String, facts: SegmentFacts),
        hasLog: Bool
    ) throws(JournalError) -> (SegmentFile, JournalOpening) {
        if last.facts.state == .sealed, let seal = last.facts.seal {
            // Killed between two segments.
            let file = try make(
                SegmentFacts(journal: last.facts.journal, first: seal.last + 1, previous: seal.hash)
            )
            return (file, JournalOpening(head: file.head, journal: last.facts.journal, segmentCount: 1))
        }
        let lostLog = try lostLog(of: last, hasLog: hasLog)
        let tail = try tail(of: last)
        let file = try SegmentFile(
            path: last.path,
            settings: settings,
            cuttingAfter: tail.lastGood?.sequence
        )
        var opening = JournalOpening(head: file.head, journal: last.facts.journal, segmentCount: 1)
        opening.lostLog = lostLog
        opening.cut = tail.broken.map { JournalOpening.Cut(from: $0.lowerBound, through: $0.upperBound) }
        return (file, opening)
    }

    private func make(_ facts: SegmentFacts) throws(JournalError) -> SegmentFile {
        let path = place.path(of: SegmentName(first: facts.first))
        if !FileSystem.exists(path) { try SegmentBuilder.makeEmpty(facts, at: path, settings: settings) }
        return try SegmentFile(path: path, settings: settings)
    }

    private func lostLog(
        of last: (path: String, facts: SegmentFacts),
        hasLog: Bool
    ) throws(JournalError) -> String? {
        if last.facts.state == .open, !hasLog {
            return
                "the write-ahead log is gone, though the journal was not closed: what had not reached the main file is lost, unless another program took it in"
        }
        return try LogScan(path: last.path + "-wal")?.complaint
    }

    private func tail(of last: (path: String, facts: SegmentFacts)) throws(JournalError) -> TailCheck {
        do {
            let reader = try SegmentReader(path: last.path)
            let tail = try TailCheck(reader, last.facts, count: settings.openingCheckEvents)
            try reader.close()
            return tail
        } catch {
            throw SQLiteError.explain(error, path: last.path) { .cannotOpen(path: last.path, why: $0) }
        }
    }

    /// A kill while SQLite first makes a new segment's log leaves a rollback journal, which no reader may play back.
    private static func playBack(_ path: String) throws(JournalError) {
        guard FileSystem.exists(path + "-journal") else { return }
        do {
            let database = try DatabaseQueue(path: path)
            _ = try database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
            try database.close()
        } catch {
            throw SQLiteError.explain(error, path: path) { .cannotOpen(path: path, why: $0) }
        }
    }

    /// What a killed writer or keeper had not finished.
    private func removeLeftovers() throws(JournalError) {
        for name in try FileSystem.names(in: place.folder) where name.contains(SegmentBuilder.suffix) {
            try FileSystem.remove(place.folder + "/" + name)
        }
    }

    /// Eight of 32 letters and digits that are not mistaken for each other.
    static func drawID() -> String {
        var random = SystemRandomNumberGenerator()
        let digits = Array("abcdefghijklmnopqrstuvwxyz234567")
        var rest: UInt64 = random.next()
        return String(
            (0..<8).map { _ in
                defer { rest >>= 5 }
                return digits[Int(rest & 31)]
            }
        )
    }
}
