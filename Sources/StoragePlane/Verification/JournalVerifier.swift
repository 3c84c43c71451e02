import Contracts
import GRDB
import OpenSSL

/// Walks over all segments once: their files, their links to each other, every row's link, time and payload.
struct JournalVerifier {
    private let shelf: SegmentShelf
    private var check = JournalCheck()
    private var newestTime: UnixMilliseconds?

    init(shelf: SegmentShelf) { self.shelf = shelf }

    /// Hands every row to `visit` on the way.
    mutating func run(_ visit: (borrowing RowView) throws -> Void) throws(JournalError) -> JournalCheck {
        let places = try shelf.places()
        check.segmentCount = places.count
        var found: [(place: SegmentShelf.Place, facts: SegmentFacts?)] = []
        for place in places {
            do throws(JournalError) {
                found.append((place, try shelf.facts(of: place)))
            } catch {
                check.damage.append(error.description)
                found.append((place, nil))
            }
        }
        checkLinks(found)
        for (place, facts) in found {
            do throws(JournalError) {
                try verify(place, facts, isLast: place == places.last, visit)
            } catch {
                if !check.damage.contains(error.description) { check.damage.append(error.description) }
            }
        }
        check.retired = found.compactMap { $0.facts?.retired }.max { $0.last < $1.last }
        return check
    }

    private mutating func checkLinks(_ found: [(place: SegmentShelf.Place, facts: SegmentFacts?)]) {
        let facts = found.compactMap(\.facts)
        guard facts.count == found.count else { return }
        var links = SegmentLinks(retirements: facts.compactMap(\.retired))
        for (index, facts) in facts.enumerated() {
            let place = found[index].place
            links.take(facts, name: place.name, path: place.path, isLast: index == found.count - 1)
        }
        for fault in links.faults {
            if case .missing(_, let from, let to) = fault.error {
                check.note(JournalCheck.Gap(from: from, to: to))
            } else {
                check.note(fault.sequence, fault.error.description)
            }
        }
    }

    private mutating func verify(
        _ place: SegmentShelf.Place,
        _ facts: SegmentFacts?,
        isLast: Bool,
        _ visit: (borrowing RowView) throws -> Void
    ) throws(JournalError) {
        if !place.isCompressed {
            try FileHead.check(place.path)
            if let complaint = try LogScan.complaint(ofLiveLog: place.path + "-wal") {
                check.damage.append("\(place.path): \(complaint)")
            }
        }
        let segment = try shelf.reader(of: place)
        let pages = try segment.read { database in
            try String.fetchAll(database, sql: "PRAGMA integrity_check(10)").filter { $0 != "ok" }
        }
        // In a damaged file the rows prove nothing.
        guard pages.isEmpty else {
            check.damage += pages.map { "\(place.path): \($0)" }
            return
        }
        do {
            guard let facts = try segment.facts() else { return try verifyFirstVersion(segment, visit) }
            if let listed = try shelf.facts(of: place), listed != facts {
                check.note(facts.first, "\(place.path): its head says something else than its meta table")
            }
            try walk(segment, facts, visit)
        } catch {
            throw SQLiteError.explain(error, path: place.path) { .cannotRead(path: place.path, why: $0) }
        }
    }

    // MARK: Rows

    private mutating func walk(
        _ segment: SegmentReader,
        _ facts: SegmentFacts,
        _ visit: (borrowing RowView) throws -> Void
    ) throws {
        var tombstones = try segment.tombstones()[...]
        var snapshots = SnapshotCheck(try segment.snapshots())
        var chain = ChainWalk(next: facts.first, previous: facts.previous)
        var removedCount: UInt64 = 0
        try segment.scan("ORDER BY seq") { row in
            while let tombstone = tombstones.first, tombstone.first < UInt64(clamping: row.seq) {
                note(chain.take(tombstone), at: tombstone.first, chain.next)
                removedCount += tombstone.last &- tombstone.first &+ 1
                tombstones.removeFirst()
            }
            note(chain.take(row), at: UInt64(clamping: row.seq), chain.next)
            try see(row, visit)
            snapshots.take(row)
            return true
        }
        for tombstone in tombstones {
            note(chain.take(tombstone), at: tombstone.first, chain.next)
            removedCount += tombstone.last &- tombstone.first &+ 1
        }
        check.snapshotCount += snapshots.count
        for complaint in snapshots.complaints { check.note(complaint.sequence, complaint.why) }
        if facts.thinned == nil, removedCount > 0 {
            check.note(
                facts.first,
                "\(removedCount) rows were taken out, and \(segment.path) has no record of it"
            )
        }
        check.removedCount += removedCount
        finish(chain.next, chain.previous, facts, segment.path)
    }

    private mutating func see(
        _ row: borrowing RowView,
        _ visit: (borrowing RowView) throws -> Void
    ) throws {
        check.count += 1
        if check.first == nil { check.first = UInt64(clamping: row.seq) }
        check.last = UInt64(clamping: row.seq)
        if let newestTime, row.ts < newestTime { check.backwardCount += 1 }
        newestTime = row.ts
        try visit(row)
    }

    private mutating func note(_ fault: ChainWalk.Break?, at sequence: UInt64, _ next: UInt64) {
        switch fault {
        case nil: break
        case .number(let expected) where expected < sequence:
            check.note(JournalCheck.Gap(from: expected, to: sequence - 1))
        case .number(let expected):
            check.note(sequence, "row \(sequence) comes where \(expected) must be")
        case .link: check.note(sequence, "row \(sequence) is not the one that its link was made of")
        case .noLink: check.note(sequence, "row \(sequence) has no link")
        }
    }

    /// Compares the chain's end with what the segment says of itself, and remembers it for the next one.
    private mutating func finish(
        _ next: UInt64,
        _ hash: ChainHash,
        _ facts: SegmentFacts,
        _ path: String
    ) {
        let end = JournalHead(sequence: next - 1, hash: hash)
        check.head = end
        if let seal = facts.seal, seal.last != end.sequence || seal.hash != end.hash {
            check.note(end.sequence, "\(path) was completed at \(seal.last), and ends at \(end.sequence)")
        }
    }

    /// A file of version 1: numbers, times and JSON are all that can be looked at.
    private mutating func verifyFirstVersion(
        _ segment: SegmentReader,
        _ visit: (borrowing RowView) throws -> Void
    ) throws {
        check.hasChain = false
        var next: UInt64?
        try segment.scan("ORDER BY seq") { row in
            let number = UInt64(clamping: row.seq)
            if let next, next < number { check.note(JournalCheck.Gap(from: next, to: number - 1)) }
            next = number + 1
            try see(row, visit)
            return true
        }
        check.malformedCount += try segment.read { database in
            try Int.fetchOne(database, sql: "SELECT count(*) FROM events WHERE NOT json_valid(payload)") ?? 0
        }
    }
}
