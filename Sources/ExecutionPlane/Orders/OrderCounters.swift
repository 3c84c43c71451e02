/// How many orders each intent has placed, so that no two orders have one name.
struct OrderCounters: Codable {
    private struct Entry: Codable {
        let intent: UInt64
        var count: Int
    }

    /// More than are ever in use at once: that of the newest leave and those of the two protections.
    private static let countMax = 8

    /// Oldest first.
    private var entries: [Entry] = []

    /// The index of the next order of `intent`; `isInUse` tells which others may still place orders.
    mutating func next(for intent: UInt64, isInUse: (UInt64) -> Bool) -> Int {
        if let place = entries.lastIndex(where: { $0.intent == intent }) {
            defer { entries[place].count += 1 }
            return entries[place].count
        }
        if entries.count >= Self.countMax, let free = entries.firstIndex(where: { !isInUse($0.intent) }) {
            entries.remove(at: free)
        }
        entries.append(Entry(intent: intent, count: 1))
        return 0
    }
}
