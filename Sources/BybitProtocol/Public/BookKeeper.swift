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
        if message.isSnapshot, fill(message) { return true }
        var hint = bids.count
        for index in 0..<message.bidCount {
            let level = message.levels[index]
            guard let key = key(level.price) else { return false }
            hint = bids.set(key, isThere: !level.size.isZero, from: hint)
        }
        hint = asks.count
        for index in message.bidCount..<message.levels.count {
            let level = message.levels[index]
            guard let key = key(level.price) else { return false }
            hint = asks.set(0 &- key, isThere: !level.size.isZero, from: hint)
        }
        // The exchange deletes what leaves the window; this only guards against a message that didn't.
        bids.truncate(to: depth)
        asks.truncate(to: depth)
        return true
    }

    /// The usual snapshot: both sides in order, all prices with as many decimal places, none without a size.
    private mutating func fill(_ message: BookMessage) -> Bool {
        let (levels, bidCount) = (message.levels, message.bidCount)
        guard let first = levels.first else { return true }
        guard bidCount <= depth, levels.count - bidCount <= depth,
            levels.allSatisfy({ $0.price.scale == first.price.scale && $0.price.units != .min && !$0.size.isZero })
        else { return false }
        scale = first.price.scale
        if bids.fill(bidCount, { levels[$0].price.units }),
            asks.fill(levels.count - bidCount, { 0 &- levels[bidCount + $0].price.units })
        {
            return true
        }
        bids.removeAll()
        asks.removeAll()
        return false
    }

    @inline(__always)
    private mutating func key(_ price: Price) -> Int64? {
        if price.scale == scale, price.units != .min { return price.units }
        return rescaledKey(price)
    }

    @inline(never)
    private mutating func rescaledKey(_ price: Price) -> Int64? {
        if price.scale > scale {
            let factor = PowersOfTen.narrow(Int(price.scale - scale))
            guard bids.multiply(by: factor), asks.multiply(by: factor) else { return nil }
            scale = price.scale
        }
        let (key, wrapped) = price.units.multipliedReportingOverflow(
            by: PowersOfTen.narrow(Int(scale - price.scale))
        )
        return wrapped || key == .min ? nil : key
    }

    private func unrepresentable(_ message: BookMessage) -> WireError {
        .unrepresentable(field: "price", text: "\(message.levels.count) levels", why: .overflow)
    }
}
