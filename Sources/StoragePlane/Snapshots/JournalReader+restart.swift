import Contracts

extension JournalReader {
    /// The parts that work on orders: their state is of no use once something has happened to an order after it.
    private static let working: Set<StatefulPart> = [.strategies, .execution, .paperVenue]
    /// Those of them that are restored all the same: they tell that what was open has ended.
    private static let telling: Set<StatefulPart> = [.execution]
    /// What happens to orders, and what leads to them.
    private static let orderTopics = [
        Topic.strategyIntent.rawValue, Topic.riskApprovedIntent.rawValue, "exec:*",
    ]

    /// The states that a daemon goes on from without replaying what came after them.
    ///
    /// Positions, limits and halts are those of their newest snapshots. Orders, and the strategies that wait for them,
    /// are only taken up where nothing has happened to any order since the whole set was kept, as after a stop in good
    /// order: an order that was filled meanwhile must not be filled again. Else they begin anew, from the positions, and
    /// ``RecoveryPoint/lost`` says which orders have to be told to have ended.
    package func restartPoint() throws(JournalError) -> RecoveryPoint {
        let (newest, set) = (try newestSnapshots(), try recoveryPoint())
        let isQuiet = if let asOf = set.asOf { try nothingHappened(after: asOf) } else { false }
        let kept = newest.snapshots.filter { !Self.working.contains($0.part) }
        let working =
            isQuiet
            ? set.snapshots.filter { Self.working.contains($0.part) }
            : newest.snapshots.filter { Self.telling.contains($0.part) }
        let execution = working.first { $0.part == .execution }
        return RecoveryPoint(
            snapshots: StatefulPart.allCases.compactMap { part in
                (kept + working).first { $0.part == part }
            },
            asOf: isQuiet ? set.asOf : nil,
            passedOver: newest.passedOver,
            lost: isQuiet ? nil : try lostOrders(after: execution?.asOf ?? 0)
        )
    }

    /// What has happened to orders after `sequence`, as far as it matters to who knows those of then.
    private func lostOrders(after sequence: UInt64) throws(JournalError) -> LostOrders? {
        var lost = LostOrders()
        var cursor = JournalCursor(
            self,
            JournalQuery(from: sequence + 1, topics: [Topic.execOrderEvent.rawValue])
        )
        while let row = try cursor.next() {
            guard case .execOrderEvent(let order) = try row.event() else { continue }
            lost.note(order)
        }
        return sequence == 0 && lost.newest.isEmpty ? nil : lost
    }

    private func nothingHappened(after sequence: UInt64) throws(JournalError) -> Bool {
        try rows(JournalQuery(from: sequence + 1, topics: Self.orderTopics), limit: 1).isEmpty
    }
}
