import Contracts

/// What has to be known of one connection's order books to tell whether the next message still fits.
///
/// - Source: `docs/exchange/bybit-v5.md`, "Order book", rules 1 to 9.
struct BookKeeper {
    struct Key: Hashable {
        let depth: Int
        let symbol: Symbol
    }

    enum Verdict {
        /// The message fits: it is to be given out.
        case publish
        /// The message says nothing new, or belongs to a book that waits for its snapshot.
        case ignore
        /// The book is broken, and this is the first message to show it.
        case gap(StreamGap.Reason)
    }

    /// More books than one connection can carry; beyond it, topics nobody asked for are not kept.
    private static let bookCountMax = 4_096
    private var places: [Key: Int] = [:]
    private var books: ContiguousArray<BookOutline> = []

    /// The place of a book, made where it is missing; nil where there are too many.
    mutating func place(of key: Key) -> Int? {
        if let place = places[key] { return place }
        guard books.count < Self.bookCountMax else { return nil }
        books.append(BookOutline(depth: key.depth))
        places[key] = books.count - 1
        return books.count - 1
    }

    /// Folds one message into its book, and says what is to become of the message.
    @inline(__always)
    mutating func fold(_ message: BookMessage, at place: Int) -> Verdict { books[place].fold(message) }

    /// Forgets a book that was found broken elsewhere; its next snapshot heals it.
    mutating func breakBook(_ key: Key) -> Bool {
        guard let place = place(of: key) else { return false }
        return books[place].breakOff()
    }

    mutating func removeAll() {
        places.removeAll()
        books.removeAll()
    }
}

/// One message of a book as it was read.
struct BookMessage {
    let isSnapshot: Bool
    let updateID: UInt64
    /// Bids first, `bidCount` of them.
    let levels: ContiguousArray<BookLevel>
    let bidCount: Int
}

/// One book without its sizes: its last update and which prices have a level.
struct BookOutline {
    private let depth: Int
    private var bids: PriceLadder
    private var asks: PriceLadder
    /// The decimal places of all keys.
    private var scale: UInt8 = 0
    private var updateID: UInt64 = 0
    private var isAnchored = false
    private var isGapReported = false

    init(depth: Int) {
        self.depth = depth
        bids = PriceLadder(capacity: min(depth, 64) + 16)
        asks = bids
    }

    mutating func fold(_ message: BookMessage) -> BookKeeper.Verdict {
        if message.isSnapshot {
            bids.removeAll()
            asks.removeAll()
            scale = 0
        } else {
            guard isAnchored else { return report(.deltaBeforeSnapshot) }
            if message.updateID != updateID &+ 1 {
                // Level 1 is sent again, unchanged, every three seconds.
                if depth == 1, message.updateID == updateID { return .ignore }
                return report(.skipped(expected: updateID &+ 1, got: message.updateID))
            }
        }
        guard apply(message) else { return report(.malformed(unrepresentable(message))) }
        if let bid = bids.best, let ask = asks.best, bid >= 0 &- ask { return report(.crossed) }
        updateID = message.updateID
        isAnchored = true
        isGapReported = false
        return .publish
    }

    /// True the first time since the last snapshot.
    mutating func breakOff() -> Bool {
        defer { (isAnchored, isGapReported) = (false, true) }
        bids.removeAll()
        asks.removeAll()
        return !isGapReported
    }

    private mutating func report(_ reason: StreamGap.Reason) -> BookKeeper.Verdict {
        breakOff() ? .gap(reason) : .ignore
    }

    /// False where the prices are too far apart to be compared as whole numbers.
    private mutating func apply(_ message: BookMessage) -> Bool {
        guard rescale(message.levels) else { return false }
        let (levels, bidCount, scale) = (message.levels, message.bidCount, scale)
        if message.isSnapshot, bidCount <= depth, levels.count - bidCount <= depth {
            if bids.change(adding: bidCount, { $0.fill(levels[..<bidCount], scale, sign: 1) }),
                asks.change(
                    adding: levels.count - bidCount,
                    { $0.fill(levels[bidCount...], scale, sign: -1) }
                )
            {
                return true
            }
            bids.removeAll()
            asks.removeAll()
        }
        let isDone =
            bids.change(adding: bidCount) { $0.fold(levels, 0, bidCount, scale, sign: 1) }
            && asks.change(adding: levels.count - bidCount) {
                $0.fold(levels, bidCount, levels.count, scale, sign: -1)
            }
        // The exchange deletes what leaves the window; this only guards against a message that didn't.
        bids.truncate(to: depth)
        asks.truncate(to: depth)
        return isDone
    }

    /// Gives all keys as many decimal places as the finest price has.
    @inline(__always)
    private mutating func rescale(_ levels: ContiguousArray<BookLevel>) -> Bool {
        var finest = scale
        for level in levels { finest = max(finest, level.price.scale) }
        return finest == scale || multiply(to: finest)
    }

    @inline(never)
    private mutating func multiply(to finest: UInt8) -> Bool {
        let factor = PowersOfTen.narrow(Int(finest - scale))
        scale = finest
        return bids.multiply(by: factor) && asks.multiply(by: factor)
    }

    private func unrepresentable(_ message: BookMessage) -> WireError {
        .unrepresentable(field: "price", text: "one of \(message.levels.count) levels", why: .overflow)
    }
}

extension PriceLadder.Rungs {
    /// Folds the levels from `start` up to `end` in; `sign` turns prices into keys that grow with being better.
    @inline(__always)
    mutating func fold(
        _ levels: ContiguousArray<BookLevel>,
        _ start: Int,
        _ end: Int,
        _ scale: UInt8,
        sign: Int64
    ) -> Bool {
        for index in start..<end {
            let level = levels[index]
            guard let units = level.price.units(at: scale) else { return false }
            set(units &* sign, isThere: !level.size.isZero)
        }
        return true
    }

    /// The usual snapshot: a side in order, none of its levels without a size.
    mutating func fill(_ levels: ContiguousArray<BookLevel>.SubSequence, _ scale: UInt8, sign: Int64) -> Bool
    {
        guard levels.allSatisfy({ $0.price.units(at: scale) != nil && !$0.size.isZero }) else { return false }
        let start = levels.startIndex
        return fill(levels.count) { (levels[start + $0].price.units(at: scale) ?? 0) &* sign }
    }
}

extension Price {
    /// The price as a whole number of 10^-`common`, which is no coarser than its own; nil where it would not fit.
    @inline(__always)
    fileprivate func units(at common: UInt8) -> Int64? {
        if scale == common, units != .min { return units }
        return multiplied(to: common)
    }

    @inline(never)
    private func multiplied(to common: UInt8) -> Int64? {
        let factor = PowersOfTen.narrow(Int(common &- scale))
        let (product, wrapped) = units.multipliedReportingOverflow(by: factor)
        return wrapped || product == .min ? nil : product
    }
}
