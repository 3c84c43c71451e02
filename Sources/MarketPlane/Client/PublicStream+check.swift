import BybitProtocol
import Contracts

/// The comparison of whole books with the exchange's own snapshots.
extension PublicStream {
    /// A new snapshot is compared this long after it came, when its first changes are in.
    private static let settleMilliseconds: Int64 = 1_000
    private static let againMilliseconds: Int64 = 5_000

    /// Follows a book that can be compared.
    func follow(_ delta: OrderBookDelta) {
        guard delta.depth == DeepBook.depth, settings.bookCheckMilliseconds > 0 else { return }
        let symbol = delta.instrument.symbol
        let verdict = deepBooks[symbol, default: DeepBook()].fold(delta)
        if delta.isSnapshot { deepBooks[symbol]?.due = uptime + Self.settleMilliseconds }
        if let verdict { take(verdict, delta.instrument) }
    }

    /// The books whose comparison is due; each is given once until its verdict.
    func booksDue() -> [Instrument] {
        let now = uptime
        let due = deepBooks.filter { $0.value.due <= now }.keys.sorted()
        for symbol in due { deepBooks[symbol]?.due = now + Self.againMilliseconds }
        return due.map { Instrument(category: category, symbol: $0) }
    }

    /// Compares a book with the exchange's snapshot; one that differs is asked for anew.
    func check(_ snapshot: OrderBookDelta) {
        guard let verdict = deepBooks[snapshot.instrument.symbol]?.compare(snapshot) else { return }
        take(verdict, snapshot.instrument)
    }

    private func take(_ verdict: DeepBook.Verdict, _ instrument: Instrument) {
        switch verdict {
        case .early, .late: return  // it stays due soon
        case .same: figures.checkedBookCount += 1
        case .different(let why):
            figures.checkedBookCount += 1
            figures.wrongBookCount += 1
            guard decoder.breakBook(depth: DeepBook.depth, symbol: instrument.symbol) else { return }
            let topic = StreamTopic(stream: .orderBook(depth: DeepBook.depth), symbol: instrument.symbol)
            repair(topic, instrument, "the book differs from the exchange's snapshot: " + why)
        }
        deepBooks[instrument.symbol]?.due = uptime + settings.bookCheckMilliseconds
    }
}
