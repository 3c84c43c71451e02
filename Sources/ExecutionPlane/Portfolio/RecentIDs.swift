/// The newest ids, up to a bound; the oldest is forgotten first.
struct RecentIDs: Hashable {
    private let countMax: Int
    private var ring: [String] = []
    private var oldest = 0
    private var known: Set<String> = []

    init(countMax: Int) {
        precondition(countMax > 0, "something must be remembered")
        self.countMax = countMax
    }

    /// Oldest first.
    var inOrder: [String] { Array(ring[oldest...] + ring[..<oldest]) }

    func contains(_ id: String) -> Bool { known.contains(id) }

    mutating func insert(_ id: String) {
        guard known.insert(id).inserted else { return }
        guard ring.count == countMax else { return ring.append(id) }
        known.remove(ring[oldest])
        ring[oldest] = id
        oldest = oldest + 1 == countMax ? 0 : oldest + 1
    }
}
