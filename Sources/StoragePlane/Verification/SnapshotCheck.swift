import Contracts

/// Holds a segment's list of snapshots against its rows.
struct SnapshotCheck {
    private var listed: ArraySlice<SegmentReader.SnapshotPlace>
    private(set) var count = 0
    private(set) var found: [JournalCheck.Break] = []
    private let decoder = EventDecoder()

    /// `places`: the list, in the order of its numbers.
    init(_ places: [SegmentReader.SnapshotPlace]) { listed = places[...] }

    /// Looks at a row on the way; only those of snapshots matter.
    mutating func take(_ row: borrowing RowView) {
        guard row.topic == Topic.stateSnapshot.rawValue else { return }
        count += 1
        let row = JournalRow(row)
        while let early = listed.first, early.sequence < row.sequence {
            complain(early.sequence, "is listed, and there is no such row")
            listed.removeFirst()
        }
        guard let place = listed.first, place.sequence == row.sequence else {
            return complain(row.sequence, "is not listed")
        }
        listed.removeFirst()
        guard case .stateSnapshot(let snapshot)? = try? decoder.event(of: row) else { return }
        var request: Int64?
        if case .snapshot(let number) = snapshot.meta.correlationID { request = Int64(clamping: number) }
        if snapshot.part.rawValue != place.part || request != place.request {
            complain(row.sequence, "is listed as another one")
        }
    }

    /// What is wrong, once all rows were seen.
    var complaints: [JournalCheck.Break] {
        found
            + listed.map { place in
                JournalCheck.Break(
                    sequence: place.sequence,
                    why: "snapshot \(place.sequence) is listed, and there is no such row"
                )
            }
    }

    private mutating func complain(_ sequence: UInt64, _ why: String) {
        found.append(JournalCheck.Break(sequence: sequence, why: "snapshot \(sequence) \(why)"))
    }
}
