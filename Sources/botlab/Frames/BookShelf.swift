import BybitProtocol
import Contracts

/// The books of a recording, each by instrument and depth, and how many messages made it.
struct BookShelf {
    private struct Key: Hashable, Comparable {
        let instrument: Instrument
        let depth: Int

        static func < (left: Self, right: Self) -> Bool {
            (left.instrument, left.depth) < (right.instrument, right.depth)
        }
    }

    private struct Entry {
        var book: OrderBook
        var messageCount = 0
        var exchangeTime: UnixMilliseconds = 0
        var isWaiting = false
        /// Whether it was printed as it stands.
        var isShown = false
    }

    private var entries: [Key: Entry] = [:]

    var isEmpty: Bool { entries.isEmpty }

    /// Folds one message in; a note where it heals a gap.
    mutating func fold(_ delta: OrderBookDelta) -> BookNote? {
        let key = Key(instrument: delta.instrument, depth: delta.depth)
        var entry = entries.removeValue(forKey: key) ?? Entry(book: OrderBook(depth: delta.depth))
        defer { entries[key] = entry }
        entry.book.apply(delta)
        entry.messageCount += 1
        entry.exchangeTime = delta.exchangeTime
        entry.isShown = false
        guard entry.isWaiting else { return nil }
        entry.isWaiting = false
        return BookNote(delta.instrument, delta.depth, entry.messageCount, "whole again by a snapshot")
    }

    /// Forgets the book of a broken stream; nil where the stream is no book's.
    mutating func note(_ gap: StreamGap) -> BookNote? {
        guard case .orderBook(let depth) = gap.topic.stream else { return nil }
        let key = Key(instrument: gap.instrument, depth: depth)
        var entry = entries.removeValue(forKey: key) ?? Entry(book: OrderBook(depth: depth))
        defer { entries[key] = entry }
        entry.book.clear()
        entry.isWaiting = true
        return BookNote(
            gap.instrument,
            depth,
            entry.messageCount,
            "resyncing: \(gap.reason); waits for a snapshot"
        )
    }

    /// The book after `delta`, if it is due.
    mutating func view(of delta: OrderBookDelta, every: Int?, levels: Int) -> BookView? {
        let key = Key(instrument: delta.instrument, depth: delta.depth)
        guard let every, let entry = entries[key], entry.messageCount.isMultiple(of: every) else {
            return nil
        }
        entries[key]?.isShown = true
        return view(key, entry, levels)
    }

    /// All books that were not yet printed as they stand.
    func last(levels: Int) -> [BookView] {
        entries.filter { !$0.value.isShown }.sorted { $0.key < $1.key }.map { view($0.key, $0.value, levels) }
    }

    private func view(_ key: Key, _ entry: Entry, _ levels: Int) -> BookView {
        BookView(
            instrument: key.instrument,
            book: entry.book,
            messageCount: entry.messageCount,
            exchangeTime: entry.exchangeTime,
            isWaiting: entry.isWaiting,
            levelCount: levels
        )
    }
}
