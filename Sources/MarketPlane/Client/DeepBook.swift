import Contracts

/// One book of a thousand levels, folded to be compared with the exchange's own snapshot.
///
/// Only there do the stream's update numbers and the snapshot's mean the same.
struct DeepBook {
    enum Verdict: Hashable, Sendable {
        case same
        case different(why: String)
        /// The stream has not come so far yet: it is compared as soon as it has.
        case early
        /// The stream is past that update: another snapshot is needed.
        case late
    }

    static let depth = 1_000
    /// Levels of each side that are compared.
    static let comparedCount = 200

    private var book = OrderBook(depth: depth)
    private var pending: OrderBookDelta?
    /// When it is to be compared next.
    var due: Int64 = .max

    /// Follows the stream; gives a verdict where a snapshot waited for this update.
    mutating func fold(_ delta: borrowing OrderBookDelta) -> Verdict? {
        book.apply(delta)
        guard let waiting = pending else { return nil }
        let verdict = verdict(on: waiting)
        if verdict != .early { pending = nil }
        return verdict
    }

    /// Compares with a snapshot now, or at the update that it is of.
    mutating func compare(_ snapshot: OrderBookDelta) -> Verdict {
        let verdict = verdict(on: snapshot)
        pending = verdict == .early ? snapshot : nil
        return verdict
    }

    private func verdict(on snapshot: OrderBookDelta) -> Verdict {
        guard book.isUsable, snapshot.updateID <= book.updateID else { return .early }
        guard snapshot.updateID == book.updateID else { return .late }
        for (name, ours, theirs) in [
            ("bid", book.bids, snapshot.bids), ("ask", book.asks, snapshot.asks),
        ] {
            let count = min(theirs.count, Self.comparedCount)
            let (ours, theirs) = (Array(ours.prefix(count)), Array(theirs.prefix(count)))
            guard ours != theirs else { continue }
            let place =
                zip(ours, theirs).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? ours.count
            let (mine, other) = (place < ours.count ? ours[place] : nil, theirs[place])
            return .different(
                why:
                    "\(name) \(place + 1) is \(mine.map { "\($0.size) at \($0.price)" } ?? "missing") and not "
                    + "\(other.size) at \(other.price), at update \(book.updateID)"
            )
        }
        return .same
    }
}
