import Contracts

extension JournalReader {
    /// The newest set of snapshots that answer one request, each of `expected` among them and every one whole; where
    /// there is none, the newest whole one of each part.
    ///
    /// Whole is what the chain vouches for: its row's link fits, and it can be decoded. What a set is as of may lie far
    /// behind single snapshots that came later: go on from it by a replay.
    package func recoveryPoint(
        expected: Set<StatefulPart> = Set(StatefulPart.allCases)
    ) throws(JournalError) -> RecoveryPoint {
        try point(SnapshotSearch(expected: expected))
    }

    /// The newest whole snapshot of each part, whatever request it answers.
    package func newestSnapshots() throws(JournalError) -> RecoveryPoint { try point(SnapshotSearch()) }

    /// The newest whole snapshot of `part`; a damaged one is passed over for the one before it.
    package func newestSnapshot(of part: StatefulPart) throws(JournalError) -> KeptSnapshot? {
        try newestSnapshots().snapshots.first { $0.part == part }
    }

    private func point(_ search: SnapshotSearch) throws(JournalError) -> RecoveryPoint {
        var search = search
        for place in try shelf.places().reversed() where try search.wants(shelf.facts(of: place)) {
            try search.look(in: shelf.reader(of: place))
            if search.isComplete { break }
        }
        return search.point
    }
}
