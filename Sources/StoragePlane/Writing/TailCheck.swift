import GRDB

/// Walks the chain over the newest rows of the segment that is to be written on.
///
/// A break that nothing whole follows is a torn tail, and is cut; one that whole rows follow lies in the middle, and
/// nobody knows what else is wrong there.
struct TailCheck {
    /// The last row before the break; nil where there is none.
    private(set) var lastGood: JournalHead?
    /// The first broken row and the last one.
    private(set) var broken: ClosedRange<UInt64>?

    /// Reads the newest `count` rows of the segment.
    init(_ segment: SegmentReader, _ facts: SegmentFacts, count: Int) throws {
        let head = try segment.head().sequence
        guard head >= facts.first else { return }
        let first = max(facts.first, head - min(head, UInt64(count)) + 1)
        var walk = ChainWalk(next: facts.first, previous: facts.previous)
        if first > facts.first {
            guard try Self.start(&walk, at: first - 1, segment) else {
                throw JournalError.damaged(path: segment.path, why: "row \(first - 1) is not there")
            }
        }
        var isMiddle = false
        try segment.scan("WHERE seq >= ? ORDER BY seq", [Int64(first)]) { row in
            let before = JournalHead(sequence: walk.next - 1, hash: walk.previous)
            let isGood = walk.take(row) == nil
            if isGood, broken != nil { isMiddle = true }
            if !isGood, broken == nil {
                (lastGood, broken) = (before, UInt64(clamping: row.seq)...UInt64(clamping: row.seq))
            }
            if let from = broken?.lowerBound { broken = from...max(from, UInt64(clamping: row.seq)) }
            return true
        }
        guard isMiddle, let broken else { return }
        throw JournalError.damaged(
            path: segment.path,
            why: "the chain breaks at row \(broken.lowerBound), and whole rows follow"
        )
    }

    /// Sets the walk after the row `sequence`, trusting its link; false where it has none.
    private static func start(
        _ walk: inout ChainWalk,
        at sequence: UInt64,
        _ segment: SegmentReader
    ) throws -> Bool {
        var isThere = false
        try segment.scan("WHERE seq = ?", [Int64(sequence)]) { row in
            guard let hash = row.storedHash else { return false }
            walk = ChainWalk(next: sequence + 1, previous: hash)
            isThere = true
            return false
        }
        return isThere
    }
}
