/// The newest keys that went by, at most so many: what is in here is known already.
struct RecentKeys<Key: Hashable> {
    private let countMax: Int
    private var known: Set<Key> = []
    private var ring: [Key] = []
    private var oldest = 0

    init(countMax: Int) {
        precondition(countMax > 0, "something must be remembered")
        self.countMax = countMax
    }

    func contains(_ key: Key) -> Bool { known.contains(key) }

    mutating func insert(_ key: Key) {
        guard known.insert(key).inserted else { return }
        guard ring.count == countMax else { return ring.append(key) }
        known.remove(ring[oldest])
        ring[oldest] = key
        oldest = (oldest + 1) % countMax
    }
}
