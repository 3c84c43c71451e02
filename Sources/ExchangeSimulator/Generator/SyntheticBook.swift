/// An invented order book on a grid of ticks: never crossed, never thin, changing by few levels at a time.
struct SyntheticBook: Sendable {
    /// A price in ticks and a size in steps.
    struct Level: Equatable, Sendable {
        let ticks: Int64
        var steps: Int64
    }

    static let levelsPerSide = 240
    /// Levels beyond the wanted number are cut only when this many have gathered.
    static let surplusMax = 40

    /// Best first on both sides.
    private(set) var bids: [Level] = []
    private(set) var asks: [Level] = []
    private var touchedBids: Set<Int64> = []
    private var touchedAsks: Set<Int64> = []
    /// Typical size near the top, in steps, and typical distance of neighbours, in ticks.
    private let sizeNearTop: Int64
    private let gap: Int64

    init(profile: SymbolProfile) {
        sizeNearTop = profile.steps(worth: 18_000)
        gap = max(1, Int64(profile.ticksPerBasisPoint * 0.08))
    }

    /// Puts the best prices where they shall be; what is in the way goes, what is missing is filled in.
    mutating func move(bestBid: Int64, bestAsk: Int64, random: inout SeededRandom) {
        precondition(bestBid < bestAsk, "a book is never crossed")
        let bid = max(bestBid, 1)
        settle(&bids, &touchedBids, best: bid, outward: -1, random: &random)
        settle(&asks, &touchedAsks, best: max(bestAsk, bid + 1), outward: 1, random: &random)
    }

    /// Changes the size of a few levels, most of them near the top.
    mutating func churn(_ count: Int64, random: inout SeededRandom) {
        for _ in 0..<count {
            let depth = Int(random.unit() * random.unit() * 60)
            if random.chance(0.5) {
                SyntheticBook.resize(&bids, &touchedBids, at: depth, to: size(at: depth, random: &random))
            } else {
                SyntheticBook.resize(&asks, &touchedAsks, at: depth, to: size(at: depth, random: &random))
            }
        }
    }

    /// Takes up to `steps` from the best level of the side a taker hits; returns price and size of the print.
    mutating func hit(takerBuys: Bool, steps: Int64) -> Level? {
        takerBuys
            ? SyntheticBook.take(&asks, &touchedAsks, steps) : SyntheticBook.take(&bids, &touchedBids, steps)
    }

    /// Makes the best level of one side hold at least `steps`.
    mutating func deepen(asks isAsks: Bool, steps: Int64) {
        if isAsks, let best = asks.first, best.steps < steps {
            SyntheticBook.resize(&asks, &touchedAsks, at: 0, to: steps)
        } else if !isAsks, let best = bids.first, best.steps < steps {
            SyntheticBook.resize(&bids, &touchedBids, at: 0, to: steps)
        }
    }

    /// What changed since the last call, sizes of zero for levels that are gone.
    mutating func takeChanges() -> (bids: [Level], asks: [Level]) {
        let changes = (
            bids: touchedBids.sorted(by: >).map {
                SyntheticBook.level(in: bids, ticks: $0, descending: true)
            },
            asks: touchedAsks.sorted().map { SyntheticBook.level(in: asks, ticks: $0, descending: false) }
        )
        touchedBids = []
        touchedAsks = []
        return changes
    }

    // MARK: Private

    private func size(at depth: Int, random: inout SeededRandom) -> Int64 {
        let spread =
            0.03 + 2.6 * random.unit() * random.unit() + (random.chance(0.04) ? 4 * random.unit() : 0)
        return max(1, Int64(Double(sizeNearTop) * spread * (1 + Double(depth) * 0.02)))
    }

    private func settle(
        _ side: inout [Level],
        _ touched: inout Set<Int64>,
        best: Int64,
        outward: Int64,
        random: inout SeededRandom
    ) {
        var gone = 0
        while gone < side.count, (side[gone].ticks - best) * outward < 0 {
            touched.insert(side[gone].ticks)
            gone += 1
        }
        side.removeFirst(gone)
        var fresh: [Level] = []
        var ticks = best
        while fresh.count < SyntheticBook.levelsPerSide, ticks > 0 {
            if let known = side.first, (ticks - known.ticks) * outward >= 0 { break }
            fresh.append(Level(ticks: ticks, steps: size(at: fresh.count, random: &random)))
            touched.insert(ticks)
            ticks += outward * (1 + random.below(2 * gap - 1))
        }
        if fresh.count == SyntheticBook.levelsPerSide {
            touched.formUnion(side.map(\.ticks))
            side = fresh
        } else {
            side.insert(contentsOf: fresh, at: 0)
        }
        while side.count < SyntheticBook.levelsPerSide, let last = side.last {
            let ticks = last.ticks + outward * (1 + random.below(2 * gap - 1))
            guard ticks > 0 else { break }
            side.append(Level(ticks: ticks, steps: size(at: side.count, random: &random)))
            touched.insert(ticks)
        }
        if side.count > SyntheticBook.levelsPerSide + SyntheticBook.surplusMax {
            touched.formUnion(side[SyntheticBook.levelsPerSide...].map(\.ticks))
            side.removeSubrange(SyntheticBook.levelsPerSide...)
        }
    }

    private static func resize(
        _ side: inout [Level],
        _ touched: inout Set<Int64>,
        at index: Int,
        to steps: Int64
    ) {
        guard index < side.count, side[index].steps != steps else { return }
        side[index].steps = steps
        touched.insert(side[index].ticks)
    }

    private static func take(_ side: inout [Level], _ touched: inout Set<Int64>, _ steps: Int64) -> Level? {
        guard let best = side.first, steps > 0 else { return nil }
        touched.insert(best.ticks)
        let taken = min(steps, best.steps)
        if taken == best.steps { side.removeFirst() } else { side[0].steps -= taken }
        return Level(ticks: best.ticks, steps: taken)
    }

    private static func level(in side: [Level], ticks: Int64, descending: Bool) -> Level {
        var low = 0
        var high = side.count
        while low < high {
            let middle = (low + high) / 2
            let comesBefore = descending ? side[middle].ticks > ticks : side[middle].ticks < ticks
            if comesBefore { low = middle + 1 } else { high = middle }
        }
        guard low < side.count, side[low].ticks == ticks else { return Level(ticks: ticks, steps: 0) }
        return side[low]
    }
}
