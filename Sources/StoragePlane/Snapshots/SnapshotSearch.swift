import Contracts
import GRDB

/// Looks for the states to go on from, segment by segment, the newest first.
struct SnapshotSearch {
    /// The parts of a whole set; nil where only the newest of each part is looked for.
    private let expected: Set<StatefulPart>?
    /// The sets that are being gathered, by their request's number.
    private var sets: [Int64: [StatefulPart: KeptSnapshot]] = [:]
    private var found: (request: Int64, snapshots: [StatefulPart: KeptSnapshot])?
    private var newest: [StatefulPart: KeptSnapshot] = [:]
    private var passedOver: [String] = []
    /// After so many sets that are not whole, the newest of each part is worth more than an older one.
    private static let setCountMax = 16

    init(expected: Set<StatefulPart>? = nil) { self.expected = expected }

    /// Whether nothing older can be better.
    var isComplete: Bool {
        if found != nil { return true }
        guard expected != nil else { return newest.count == StatefulPart.allCases.count }
        return sets.count >= Self.setCountMax
    }

    /// Whether a segment can have something that is still looked for.
    func wants(_ facts: SegmentFacts?) -> Bool {
        guard let seal = facts?.seal else { return true }
        let parts = seal.parts.compactMap { StatefulPart(rawValue: $0) }
        return expected != nil ? !parts.isEmpty : parts.contains { newest[$0] == nil }
    }

    mutating func look(in segment: SegmentReader) throws(JournalError) {
        for place in try segment.snapshots().reversed() where !isComplete {
            guard let part = StatefulPart(rawValue: place.part) else { continue }
            let isWanted = newest[part] == nil || place.request != nil && expected?.contains(part) == true
            guard isWanted else { continue }
            do throws(JournalError) {
                take(try segment.snapshot(at: place, of: part), place.request)
            } catch {
                passedOver.append("the snapshot \(place.sequence) of \(place.part): \(error.why)")
            }
        }
    }

    private mutating func take(_ snapshot: KeptSnapshot, _ request: Int64?) {
        if newest[snapshot.part] == nil { newest[snapshot.part] = snapshot }
        guard let request, let expected, expected.contains(snapshot.part) else { return }
        // Of two answers of one part the later one counts: it is met first.
        if sets[request]?[snapshot.part] == nil { sets[request, default: [:]][snapshot.part] = snapshot }
        if let set = sets[request], set.count == expected.count { found = (request, set) }
    }

    var point: RecoveryPoint {
        let chosen = found?.snapshots ?? newest
        return RecoveryPoint(
            snapshots: StatefulPart.allCases.compactMap { chosen[$0] },
            asOf: found.map { UInt64(clamping: $0.request) },
            passedOver: passedOver
        )
    }
}

extension SegmentReader {
    /// Reads a snapshot where its row is what the chain says.
    func snapshot(at place: SnapshotPlace, of part: StatefulPart) throws(JournalError) -> KeptSnapshot {
        let row = try verifiedRow(place.sequence)
        guard case .stateSnapshot(let snapshot) = try row.event(), snapshot.part == part, snapshot.version > 0
        else {
            throw .malformedRow(sequence: row.sequence, topic: row.topic, why: "it is no snapshot of \(part)")
        }
        guard try isJSON(snapshot.body) else {
            throw .malformedRow(sequence: row.sequence, topic: row.topic, why: "its body is no JSON")
        }
        return KeptSnapshot(
            part: part,
            sequence: row.sequence,
            asOf: place.request.map { UInt64(clamping: $0) } ?? row.sequence,
            ts: row.ts,
            version: snapshot.version,
            body: snapshot.body
        )
    }

    private func isJSON(_ text: String) throws(JournalError) -> Bool {
        try read { database in
            try Bool.fetchOne(database, sql: "SELECT json_valid(?)", arguments: [text]) ?? false
        }
    }

    /// One row, if its link fits to the row before it; version 1 has no links to try.
    private func verifiedRow(_ sequence: UInt64) throws(JournalError) -> JournalRow {
        var found: JournalRow?
        var isWhole = version == SegmentSchema.firstVersion
        let previous = try link(before: sequence)
        do {
            try scan("WHERE seq = ?", [Int64(clamping: sequence)]) { row in
                found = JournalRow(row)
                if let previous {
                    var walk = ChainWalk(next: sequence, previous: previous)
                    isWhole = walk.take(row) == nil
                }
                return false
            }
        } catch {
            throw SQLiteError.explain(error, path: path) { .cannotRead(path: path, why: $0) }
        }
        guard let found else {
            throw .malformedRow(sequence: sequence, topic: "state:snapshot", why: "its row is not there")
        }
        guard isWhole else {
            throw .malformedRow(
                sequence: sequence,
                topic: found.topic,
                why: "its link in the chain does not fit"
            )
        }
        return found
    }

    /// The link that a row follows; nil where there is none.
    private func link(before sequence: UInt64) throws(JournalError) -> ChainHash? {
        guard let facts = try facts() else { return nil }
        if sequence == facts.first { return facts.previous }
        if let tombstone = try tombstones().last(where: { $0.last == sequence - 1 }) { return tombstone.hash }
        do {
            var link: ChainHash?
            try scan("WHERE seq = ?", [Int64(clamping: sequence - 1)]) { row in
                link = row.storedHash
                return false
            }
            return link
        } catch {
            throw SQLiteError.explain(error, path: path) { .cannotRead(path: path, why: $0) }
        }
    }
}
