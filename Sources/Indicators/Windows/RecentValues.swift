/// The newest `count` values.
struct RecentValues: Hashable, Codable, Sendable {
    let count: Int
    /// In the order of their places; the newest overwrites the oldest.
    private(set) var places: ContiguousArray<Double> = []
    private var next = 0

    init(count: Int) {
        precondition(count > 0, "a window has a length")
        self.count = count
        places.reserveCapacity(count)
    }

    var isFull: Bool { places.count == count }

    /// Takes a value in; gives the one that it pushes out.
    mutating func push(_ value: Double) -> Double? {
        guard isFull else {
            places.append(value)
            return nil
        }
        let oldest = places[next]
        places[next] = value
        next = next + 1 == count ? 0 : next + 1
        return oldest
    }
}
