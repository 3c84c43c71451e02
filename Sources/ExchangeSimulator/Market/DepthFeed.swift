/// What the subscribers of one `orderbook.{depth}.{symbol}` topic have been told so far.
///
/// A feed sleeps while nobody listens; a new listener of a sleeping feed gets the book of the moment, one of
/// a feed that is awake gets the book as of the last push, so that the next delta follows it by one.
struct DepthFeed {
    let depth: Int
    /// The least time between two pushes.
    let pauseMs: Int64
    private(set) var updateID: UInt64
    private(set) var sequence: UInt64 = 0
    private(set) var engineMs: Int64 = 0
    private(set) var bids: [BookLevel] = []
    private(set) var asks: [BookLevel] = []
    private(set) var isAwake = false
    private(set) var lastPushMs: Int64 = 0
    /// The book changed since the last push, which was too short ago for another.
    private(set) var isBehind = false
    private let hasDeltas: Bool
    /// Update ids come from a recording and are not counted on here.
    private(set) var isRecorded = false
    private var startsOver = false
    /// The next delta is lost, or crossed, on purpose.
    private var losesNext = false
    private var crossesNext = false

    /// What to send after a change of the book.
    struct Push {
        let isSnapshot: Bool
        let bids: [BookLevel]
        let asks: [BookLevel]
        let updateID: UInt64
        let sequence: UInt64
        let engineMs: Int64
    }

    /// The state of the whole book a push is made of.
    struct Source {
        let book: LevelBook
        let sequence: UInt64
        let engineMs: Int64
    }

    /// Level 1 has no deltas (options aside, which have no level 1): every change is a snapshot.
    init(depth: Int, firstUpdateID: UInt64) {
        self.depth = depth
        hasDeltas = depth > 1
        updateID = firstUpdateID
        pauseMs =
            switch depth {
            case 1: 10
            case 25, 50: 20
            case 100, 200: 100
            default: 200
            }
    }

    /// A recording brings this book: nothing is made here.
    mutating func leaveToRecording() {
        isRecorded = true
    }

    mutating func sleep() {
        isAwake = false
    }

    mutating func wake(_ source: Source) {
        guard !isAwake else { return }
        isAwake = true
        (losesNext, crossesNext, startsOver, isBehind) = (false, false, false, false)
        guard !isRecorded else { return }
        updateID += 1
        show(source)
    }

    /// What a new listener, or a REST call, is told: always the state that the next delta follows.
    mutating func opening(_ source: Source) -> Push {
        if !isAwake {
            if !isRecorded, sequence != source.sequence { updateID += 1 }
            if !isRecorded { show(source) }
        }
        return snapshot()
    }

    /// The push that brings subscribers from what they know to the source; nil when there is none, or not yet.
    mutating func push(_ source: Source, replacing: Bool, atMs: Int64) -> Push? {
        guard replacing || atMs - lastPushMs >= pauseMs || atMs < lastPushMs else {
            isBehind = true
            return nil
        }
        isBehind = false
        let replaces = replacing || startsOver
        if replaces || !hasDeltas {
            let isNew =
                !bids.elementsEqual(source.book.bids.prefix(depth))
                || !asks.elementsEqual(source.book.asks.prefix(depth))
            guard replaces || isNew else { return nil }
            show(source)
            if startsOver { updateID = 0 }
            startsOver = false
            return pushed(isSnapshot: true, bids: bids, asks: asks, atMs: atMs)
        }
        let bidChanges = DepthFeed.changes(from: bids, to: source.book.bids.prefix(depth), descending: true)
        let askChanges = DepthFeed.changes(from: asks, to: source.book.asks.prefix(depth), descending: false)
        guard !bidChanges.isEmpty || !askChanges.isEmpty else { return nil }
        show(source)
        return pushed(isSnapshot: false, bids: bidChanges, asks: askChanges, atMs: atMs)
    }

    func isDue(atMs: Int64) -> Bool {
        isAwake && isBehind && atMs - lastPushMs >= pauseMs
    }

    /// Passes a recorded message on with the id it was recorded with.
    mutating func passOn(_ update: BookUpdate, updateID: UInt64, source: Source) -> Push? {
        show(source)
        isRecorded = true
        self.updateID = updateID &- 1
        let (bids, asks) = (update.bids, update.asks)
        return pushed(isSnapshot: update.isSnapshot, bids: bids, asks: asks, atMs: update.timeMs)
    }

    /// The unchanged top of the book once more, with the same update id (level 1 does so after 3 s).
    mutating func repeated(atMs: Int64) -> Push {
        lastPushMs = atMs
        return snapshot()
    }

    /// The service starts anew: whatever comes next is a snapshot with update id 1.
    mutating func startOver() {
        guard !isRecorded else { return }
        if isAwake { startsOver = true } else { updateID = 0 }
    }

    /// The next delta is lost on purpose, so that the update ids have a hole.
    mutating func loseNext() {
        losesNext = hasDeltas
    }

    /// The next push shows a bid as high as the best ask.
    mutating func crossNext() {
        crossesNext = true
    }

    // MARK: Private

    private func snapshot() -> Push {
        Push(
            isSnapshot: true,
            bids: bids,
            asks: asks,
            updateID: updateID,
            sequence: sequence,
            engineMs: engineMs
        )
    }

    private mutating func pushed(
        isSnapshot: Bool,
        bids: [BookLevel],
        asks: [BookLevel],
        atMs: Int64
    ) -> Push? {
        updateID &+= 1
        lastPushMs = atMs
        if losesNext, !isSnapshot {
            losesNext = false
            return nil
        }
        var bids = bids
        if crossesNext, let ask = self.asks.first {
            crossesNext = false
            bids.insert(ask, at: 0)
        }
        return Push(
            isSnapshot: isSnapshot,
            bids: bids,
            asks: asks,
            updateID: updateID,
            sequence: sequence,
            engineMs: engineMs
        )
    }

    private mutating func show(_ source: Source) {
        bids.removeAll(keepingCapacity: true)
        bids.append(contentsOf: source.book.bids.prefix(depth))
        asks.removeAll(keepingCapacity: true)
        asks.append(contentsOf: source.book.asks.prefix(depth))
        (sequence, engineMs) = (source.sequence, source.engineMs)
    }

    /// Levels that differ, with size zero for those that are gone or fell out of the window.
    static func changes(
        from old: [BookLevel],
        to new: ArraySlice<BookLevel>,
        descending: Bool
    ) -> [BookLevel] {
        var changes: [BookLevel] = []
        var (oldAt, newAt) = (0, new.startIndex)
        while oldAt < old.count || newAt < new.endIndex {
            guard oldAt < old.count else {
                changes.append(new[newAt])
                newAt += 1
                continue
            }
            guard newAt < new.endIndex else {
                changes.append(BookLevel(price: old[oldAt].price, size: .zero))
                oldAt += 1
                continue
            }
            if old[oldAt].price == new[newAt].price {
                if old[oldAt].size != new[newAt].size { changes.append(new[newAt]) }
                oldAt += 1
                newAt += 1
            } else if (old[oldAt].price > new[newAt].price) == descending {
                changes.append(BookLevel(price: old[oldAt].price, size: .zero))
                oldAt += 1
            } else {
                changes.append(new[newAt])
                newAt += 1
            }
        }
        return changes
    }
}
