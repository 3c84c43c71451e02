/// What the subscribers of one `orderbook.{depth}.{symbol}` topic have been told so far.
///
/// A feed sleeps while nobody listens; a new listener of a sleeping feed gets the book of the moment, one of
/// a feed that is awake gets the book as of the last push, so that the next delta follows it by one.
struct DepthFeed {
    let depth: Int
    private(set) var updateID: UInt64
    private(set) var bids: [BookLevel] = []
    private(set) var asks: [BookLevel] = []
    private(set) var isAwake = false
    private(set) var lastPushMs: Int64 = 0
    /// Update ids come from a recording and are not counted on here.
    private var isRecorded = false
    /// The next push is lost on purpose.
    var losesNext = false

    /// What to send after a change of the book.
    struct Push {
        let isSnapshot: Bool
        let bids: [BookLevel]
        let asks: [BookLevel]
        let updateID: UInt64
        let isLost: Bool
    }

    init(depth: Int, firstUpdateID: UInt64) {
        self.depth = depth
        updateID = firstUpdateID
    }

    /// Level 1 has no deltas: every change is a snapshot.
    var hasDeltas: Bool { depth > 1 }

    mutating func sleep() {
        isAwake = false
    }

    mutating func wake(_ book: LevelBook) {
        guard !isAwake else { return }
        isAwake = true
        losesNext = false
        guard !isRecorded else { return }
        updateID += 1
        show(book)
    }

    /// The push that brings subscribers from what they know to `book`; nil without a change in the window.
    mutating func push(_ book: LevelBook, replacing: Bool, atMs: Int64) -> Push? {
        let (oldBids, oldAsks) = (bids, asks)
        show(book)
        if replacing || !hasDeltas {
            guard replacing || bids != oldBids || asks != oldAsks else { return nil }
            return pushed(isSnapshot: true, bids: bids, asks: asks, atMs: atMs)
        }
        let bidChanges = DepthFeed.changes(from: oldBids, to: bids, descending: true)
        let askChanges = DepthFeed.changes(from: oldAsks, to: asks, descending: false)
        guard !bidChanges.isEmpty || !askChanges.isEmpty else { return nil }
        return pushed(isSnapshot: false, bids: bidChanges, asks: askChanges, atMs: atMs)
    }

    /// Passes a recorded message on with the id it was recorded with.
    mutating func passOn(_ update: BookUpdate, updateID: UInt64, book: LevelBook) -> Push {
        show(book)
        isRecorded = true
        self.updateID = updateID &- 1
        return pushed(
            isSnapshot: update.isSnapshot,
            bids: update.bids,
            asks: update.asks,
            atMs: update.timeMs
        )
    }

    /// The unchanged top of the book once more, with the same update id (level 1 does so after 3 s).
    mutating func repeated(atMs: Int64) -> Push {
        lastPushMs = atMs
        return Push(isSnapshot: true, bids: bids, asks: asks, updateID: updateID, isLost: false)
    }

    private mutating func pushed(isSnapshot: Bool, bids: [BookLevel], asks: [BookLevel], atMs: Int64) -> Push
    {
        updateID &+= 1
        lastPushMs = atMs
        let isLost = losesNext && !isSnapshot
        if isLost { losesNext = false }
        return Push(isSnapshot: isSnapshot, bids: bids, asks: asks, updateID: updateID, isLost: isLost)
    }

    private mutating func show(_ book: LevelBook) {
        bids = Array(book.bids.prefix(depth))
        asks = Array(book.asks.prefix(depth))
    }

    /// Levels that differ, with size zero for those that are gone or fell out of the window.
    static func changes(from old: [BookLevel], to new: [BookLevel], descending: Bool) -> [BookLevel] {
        var changes: [BookLevel] = []
        var (oldAt, newAt) = (0, 0)
        while oldAt < old.count || newAt < new.count {
            guard oldAt < old.count else {
                changes.append(new[newAt])
                newAt += 1
                continue
            }
            guard newAt < new.count else {
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
