import Contracts

extension JournalReader {
    /// The parts that work on orders: their state is of no use once something has happened to an order after it.
    private static let working: Set<StatefulPart> = [.strategies, .execution, .paperVenue]
    /// What happens to orders, and what leads to them.
    private static let orderTopics = [
        Topic.strategyIntent.rawValue, Topic.riskApprovedIntent.rawValue, "exec:*",
    ]

    /// The states that a daemon goes on from without replaying what came after them.
    ///
    /// Positions, limits and halts are those of their newest snapshots. Orders, and the strategies that wait for them,
    /// are only taken up where nothing has happened to any order since the whole set was kept, as after a stop in good
    /// order: an order that was filled meanwhile must not be filled again. Else they begin anew, from the positions.
    package func restartPoint() throws(JournalError) -> RecoveryPoint {
        let (newest, set) = (try newestSnapshots(), try recoveryPoint())
        let isQuiet = if let asOf = set.asOf { try nothingHappened(after: asOf) } else { false }
        let kept = newest.snapshots.filter { !Self.working.contains($0.part) }
        let working = isQuiet ? set.snapshots.filter { Self.working.contains($0.part) } : []
        return RecoveryPoint(
            snapshots: StatefulPart.allCases.compactMap { part in
                (kept + working).first { $0.part == part }
            },
            asOf: isQuiet ? set.asOf : nil,
            passedOver: newest.passedOver
        )
    }

    private func nothingHappened(after sequence: UInt64) throws(JournalError) -> Bool {
        try rows(JournalQuery(from: sequence + 1, topics: Self.orderTopics), limit: 1).isEmpty
    }
}
