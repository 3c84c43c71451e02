import Contracts

/// The prices of one side of a book that have a size, without the sizes: enough to know the best of them.
struct PriceLadder {
    /// Worst to best, as whole numbers that grow with being better; only the first ``count`` are in use.
    private var keys: ContiguousArray<Int64>
    private(set) var count = 0

    init(capacity: Int) { keys = ContiguousArray(repeating: 0, count: capacity) }

    /// The best price's key.
    var best: Int64? { count > 0 ? keys[count &- 1] : nil }

    mutating func removeAll() { count = 0 }

    /// Keeps the best `limit` prices.
    @inline(__always)
    mutating func truncate(to limit: Int) {
        let excess = count &- limit
        guard excess > 0 else { return }
        for index in 0..<limit { keys[index] = keys[index &+ excess] }
        count = limit
    }

    /// Adds or removes the price of `key`, looking for its place from `hint` downwards; gives that place, where the
    /// search for a worse price can begin.
    @inline(__always)
    mutating func set(_ key: Int64, isThere: Bool, from hint: Int) -> Int {
        // Changes of one message come from the touch outwards, and most of them are near it.
        var place = hint < count && keys[hint] > key ? hint : count
        var steps = 16
        while place > 0, keys[place &- 1] > key {
            place &-= 1
            steps &-= 1
            if steps == 0 {
                place = search(key, below: place)
                break
            }
        }
        let isFound = place > 0 && keys[place &- 1] == key
        guard isFound != isThere else { return isFound ? place &- 1 : place }
        if isThere {
            insert(key, at: place)
            return place
        }
        remove(at: place &- 1)
        return place &- 1
    }

    /// Takes the prices of a whole side, best first; false, and empty, where they are in another order.
    mutating func fill(_ count: Int, _ keyAt: (Int) -> Int64?) -> Bool {
        while keys.count < count { grow() }
        var last = Int64.max
        for index in 0..<count {
            guard let key = keyAt(index), key < last else { return false }
            keys[count &- 1 &- index] = key
            last = key
        }
        self.count = count
        return true
    }

    /// How many of the keys below `end` are at most `key`.
    private func search(_ key: Int64, below end: Int) -> Int {
        var (low, high) = (0, end)
        while low < high {
            let middle = (low &+ high) &>> 1
            if keys[middle] <= key { low = middle &+ 1 } else { high = middle }
        }
        return low
    }

    @inline(__always)
    private mutating func insert(_ key: Int64, at place: Int) {
        if count == keys.count { grow() }
        var index = count
        while index > place {
            keys[index] = keys[index &- 1]
            index &-= 1
        }
        keys[place] = key
        count &+= 1
    }

    @inline(__always)
    private mutating func remove(at place: Int) {
        count &-= 1
        for index in place..<count { keys[index] = keys[index &+ 1] }
    }

    @inline(never)
    private mutating func grow() {
        keys.append(contentsOf: repeatElement(0, count: max(16, keys.count)))
    }

    /// Multiplies every key; false where one would not fit, the ladder being of no more use.
    mutating func multiply(by factor: Int64) -> Bool {
        for index in 0..<count {
            let (product, wrapped) = keys[index].multipliedReportingOverflow(by: factor)
            guard !wrapped else { return false }
            keys[index] = product
        }
        return true
    }
}
