/// The prices of one side of a book that have a size, without the sizes: enough to know the best of them.
///
/// They are whole numbers that grow with being better, kept worst to best.
struct PriceLadder {
    /// So many keys are compared at once; as many, lower than any, stand below the worst price.
    private static let stride = 8

    private var keys: ContiguousArray<Int64>
    private(set) var count = 0

    init(capacity: Int) {
        keys = ContiguousArray(repeating: .min, count: Self.stride + max(1, capacity))
    }

    /// The best price's key.
    var best: Int64? { count > 0 ? keys[Self.stride &+ count &- 1] : nil }

    mutating func removeAll() { count = 0 }

    /// Keeps the best `limit` prices.
    @inline(__always)
    mutating func truncate(to limit: Int) {
        let excess = count &- limit
        guard excess > 0 else { return }
        for index in Self.stride..<(Self.stride &+ limit) { keys[index] = keys[index &+ excess] }
        count = limit
    }

    /// Makes room for `additional` prices, and lends the ladder out to be changed.
    @inline(__always)
    mutating func change(
        adding additional: Int,
        _ body: (inout Rungs) -> Bool
    ) -> Bool {
        if keys.count < Self.stride &+ count &+ additional { grow(additional) }
        let count = count
        let (isDone, after) = unsafe keys.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return (false, count) }
            var rungs = unsafe Rungs(base: base + Self.stride, count: count)
            return (body(&rungs), rungs.count)
        }
        self.count = after
        return isDone
    }

    @inline(never)
    private mutating func grow(_ additional: Int) {
        keys.append(contentsOf: repeatElement(.min, count: max(additional, keys.count)))
    }

    /// Multiplies every key; false where one would not fit, the ladder being of no more use.
    mutating func multiply(by factor: Int64) -> Bool {
        for index in Self.stride..<(Self.stride + count) {
            let (product, wrapped) = keys[index].multipliedReportingOverflow(by: factor)
            guard !wrapped else { return false }
            keys[index] = product
        }
        return true
    }

    /// The keys where they lie, for the time of one message; valid only inside ``change(adding:_:)``.
    @safe struct Rungs {
        private let base: UnsafeMutablePointer<Int64>
        private(set) var count: Int
        /// Where the search for the next key begins, where that is worse than the last one.
        private var hint: Int

        fileprivate init(base: UnsafeMutablePointer<Int64>, count: Int) {
            unsafe self.base = base
            self.count = count
            hint = count
        }

        /// Adds or removes a key; the room for it has been made.
        @inline(__always)
        mutating func set(_ key: Int64, isThere: Bool) {
            // Changes of one message come from the touch outwards, and most of them are near it.
            var place = unsafe hint < count && base[hint] > key ? hint : count
            var blocks = 4
            while unsafe base[place &- PriceLadder.stride] > key {
                place &-= PriceLadder.stride
                blocks &-= 1
                guard blocks > 0 else {
                    place = search(key, below: place)
                    break
                }
            }
            // Counted without a branch, for it would rarely be foreseen.
            var better = 0
            for step in 1..<PriceLadder.stride { better &+= unsafe base[place &- step] > key ? 1 : 0 }
            place &-= better
            let isFound = unsafe base[place &- 1] == key && place > 0
            hint = isFound ? place &- 1 : place
            guard isFound != isThere else { return }
            if isThere {
                var index = count
                while index > place {
                    unsafe base[index] = base[index &- 1]
                    index &-= 1
                }
                unsafe base[place] = key
                count &+= 1
            } else {
                count &-= 1
                var index = place &- 1
                while index < count {
                    unsafe base[index] = base[index &+ 1]
                    index &+= 1
                }
            }
        }

        /// Takes a whole side, best first; false, and empty, where it is in another order.
        mutating func fill(_ side: Int, _ keyAt: (Int) -> Int64) -> Bool {
            var last = Int64.max
            count = 0
            for index in 0..<side {
                let key = keyAt(index)
                guard key < last else { return false }
                unsafe base[side &- 1 &- index] = key
                last = key
            }
            count = side
            return true
        }

        /// How many of the keys below `end` are at most `key`.
        @inline(never)
        private func search(_ key: Int64, below end: Int) -> Int {
            var (low, high) = (0, end)
            while low < high {
                let middle = (low &+ high) &>> 1
                if unsafe base[middle] <= key { low = middle &+ 1 } else { high = middle }
            }
            return low
        }
    }
}
