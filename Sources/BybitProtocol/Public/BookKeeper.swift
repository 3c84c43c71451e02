import Contracts

/// The order books of one connection, kept to know whether what comes next still fits.
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

    fileprivate struct Entry {
        var book: OrderBook
        var isAnchored = false
        var isGapReported = false
    }

    /// More books than one connection can carry; beyond it, topics nobody asked for are not kept.
    private static let bookCountMax = 4_096
    private var entries: [Key: Entry] = [:]

    /// The book as it stands; nil while it waits for a snapshot.
    func book(_ key: Key) -> OrderBook? {
        guard let entry = entries[key], entry.isAnchored else { return nil }
        return entry.book
    }

    /// Folds one message into its book, and says what is to become of the message.
    mutating func fold(_ delta: borrowing OrderBookDelta, key: Key) -> Verdict {
        if entries[key] == nil {
            guard entries.count < Self.bookCountMax else { return .ignore }
            entries[key] = Entry(book: OrderBook(depth: key.depth))
        }
        // Changed in place: taking the book out would copy its levels.
        return entries[key]?.fold(delta) ?? .ignore
    }

    /// Forgets a book that was found broken elsewhere; its next snapshot heals it.
    mutating func breakBook(_ key: Key) -> Bool {
        if entries[key] == nil, entries.count < Self.bookCountMax {
            entries[key] = Entry(book: OrderBook(depth: key.depth))
        }
        return entries[key]?.breakOff() ?? false
    }

    mutating func removeAll() { entries.removeAll() }
}

extension BookKeeper.Entry {
    fileprivate mutating func fold(_ delta: borrowing OrderBookDelta) -> BookKeeper.Verdict {
        if !delta.isSnapshot {
            guard isAnchored else { return report(.deltaBeforeSnapshot) }
            if delta.updateID != book.updateID &+ 1 {
                // Level 1 is sent again, unchanged, every three seconds.
                if book.depth == 1, delta.updateID == book.updateID { return .ignore }
                return report(.skipped(expected: book.updateID &+ 1, got: delta.updateID))
            }
        }
        book.apply(delta)
        if book.isCrossed { return report(.crossed) }
        isAnchored = true
        isGapReported = false
        return .publish
    }

    /// True the first time since the last snapshot.
    fileprivate mutating func breakOff() -> Bool {
        defer { (isAnchored, isGapReported) = (false, true) }
        book.clear()
        return !isGapReported
    }

    private mutating func report(_ reason: StreamGap.Reason) -> BookKeeper.Verdict {
        breakOff() ? .gap(reason) : .ignore
    }
}
