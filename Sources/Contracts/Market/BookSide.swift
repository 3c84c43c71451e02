/// One side of a book: its levels worst to best, so that the touch, where most changes are, is at the end.
///
/// Prices are kept as whole units of one scale, the finest seen since the side was last empty or replaced, so
/// that finding a level compares integers. Prices too far apart for one scale are compared as decimals instead:
/// slower, and just as exact.
struct BookSide: Sendable {
    /// So many levels from the touch are tried one after the other before the rest is halved.
    private static let nearLevelCount = 16

    private(set) var levels: ContiguousArray<BookLevel> = []
    /// Turns the order of integers round where the lowest price is the best.
    private let flip: Int64
    /// The scale of every price, where they share one.
    private var scale: UInt8 = 0
    private var isUniform = true

    static var bids: Self { Self(flip: 0) }
    static var asks: Self { Self(flip: -1) }

    private init(flip: Int64) { self.flip = flip }

    var best: BookLevel? { levels.last }

    mutating func removeAll() { levels.removeAll(keepingCapacity: true) }

    /// Drops the worst levels beyond `count`.
    mutating func keepBest(_ count: Int) {
        if levels.count > count { levels.removeFirst(levels.count - count) }
    }

    /// Sets, inserts or, at size zero, deletes one level.
    @inline(__always)
    mutating func set(_ level: BookLevel) {
        if levels.isEmpty { (scale, isUniform) = (level.price.scale, true) }
        if level.price.scale == scale, isUniform {
            place(level, at: position(of: level.price.units))
        } else {
            setApart(level)
        }
    }

    /// Replaces all levels; those of a snapshot come best first, and are then taken over as they stand.
    mutating func replace(with snapshot: ContiguousArray<BookLevel>.SubSequence) {
        removeAll()
        guard isBestFirst(snapshot) else {
            for level in snapshot { set(level) }
            return
        }
        if let first = snapshot.first { (scale, isUniform) = (first.price.scale, true) }
        levels.append(contentsOf: snapshot.reversed())
    }

    /// Whether the levels fall strictly from the best, share a scale and all have a size.
    private func isBestFirst(_ snapshot: ContiguousArray<BookLevel>.SubSequence) -> Bool {
        guard let first = snapshot.first, !first.size.isZero else { return snapshot.isEmpty }
        var previous = first.price.units ^ flip
        for level in snapshot.dropFirst() {
            let rank = level.price.units ^ flip
            guard rank < previous, level.price.scale == first.price.scale, !level.size.isZero else {
                return false
            }
            previous = rank
        }
        return true
    }

    /// Where the level with this price is, or would be inserted.
    @inline(__always)
    private func position(of units: Int64) -> Int {
        let rank = units ^ flip
        var high = levels.count
        let near = max(0, high &- Self.nearLevelCount)
        while high > near {
            if levels[high &- 1].price.units ^ flip < rank { return high }
            high &-= 1
            if levels[high].price.units == units { return high }
        }
        var low = 0
        while low < high {
            let middle = (low &+ high) >> 1
            if levels[middle].price.units ^ flip < rank { low = middle &+ 1 } else { high = middle }
        }
        return low
    }

    @inline(__always)
    private mutating func place(_ level: BookLevel, at index: Int) {
        if index < levels.count, levels[index].price == level.price {
            if level.size.isZero { levels.remove(at: index) } else { levels[index] = level }
        } else if !level.size.isZero {
            levels.insert(level, at: index)
        }
    }

    @inline(never)
    private mutating func setApart(_ level: BookLevel) {
        if isUniform, let level = aligned(level) {
            place(level, at: position(of: level.price.units))
            return
        }
        isUniform = false
        var (low, high) = (0, levels.count)
        while low < high {
            let middle = (low &+ high) >> 1
            let price = levels[middle].price
            if flip == 0 ? price < level.price : price > level.price {
                low = middle &+ 1
            } else {
                high = middle
            }
        }
        place(level, at: low)
    }

    /// Brings the level, or all others, to the finer scale of the two; nil where a number would not fit.
    private mutating func aligned(_ level: BookLevel) -> BookLevel? {
        do throws(NumberError) {
            if level.price.scale < scale { return try level.rescaled(to: scale) }
            var finer = levels
            for index in finer.indices { finer[index] = try finer[index].rescaled(to: level.price.scale) }
            (levels, scale) = (finer, level.price.scale)
            return level
        } catch {
            return nil
        }
    }
}

extension BookSide: Hashable {
    // Two spellings of one price are the same level, so how the levels are kept does not count.
    static func == (left: Self, right: Self) -> Bool { left.levels == right.levels }

    func hash(into hasher: inout Hasher) { hasher.combine(levels) }
}

extension BookLevel {
    fileprivate func rescaled(to places: UInt8) throws(NumberError) -> Self {
        BookLevel(price: try price.rescaled(to: places), size: size)
    }
}
