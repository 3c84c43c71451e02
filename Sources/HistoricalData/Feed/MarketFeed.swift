import Contracts
import EventKernel

/// Merges any number of sources into one stream in order of time, and lets it into a kernel.
///
/// - Order: by ``FeedKey``; sources that say the same place are told in the order they were given.
/// - Errors: what a source throws; what was told until then stays told.
package final class MarketFeed {
    private let sources: [any MarketSource]
    private var keys: ContiguousArray<FeedKey>
    /// How many events have been told.
    package private(set) var eventCount = 0

    package init(_ sources: [any MarketSource]) {
        self.sources = sources
        keys = ContiguousArray(sources.map(\.next))
    }

    /// The time of the next event; nil when all is told.
    package var nextTime: UnixMilliseconds? {
        guard let first = keys.min(), first != .end else { return nil }
        return first.time
    }

    /// How much has been told, from 0 to 1.
    package var progress: Double {
        let whole = sources.reduce(0) { $0 + $1.weight }
        guard whole > 0 else { return 1 }
        return sources.reduce(0) { $0 + $1.weight * $1.progress } / whole
    }

    /// How many events have been told, by topic.
    package var counts: [Topic: Int] {
        sources.reduce(into: [:]) { sum, source in sum.merge(source.counts) { $0 + $1 } }
    }

    /// What was wrong with what has been read so far, a sentence each.
    package var troubles: [String] { sources.flatMap(\.troubles) }

    /// Tells about `countMax` further events, none at `end` or later; false when there are no more.
    package func tell(
        countMax: Int = .max,
        before end: UnixMilliseconds = .max,
        to kernel: Kernel
    ) throws(DataError) -> Bool {
        // The last place that may be told; never the end of all, where nothing stands.
        let last = FeedKey(bits: min(end == .max ? .max : end << 3, FeedKey.end.bits) - 1)
        var open = countMax
        while open > 0 {
            // Sources are few, so that looking at all of them is cheaper than any heap.
            var (first, best, second) = (-1, FeedKey.end, FeedKey.end)
            for index in keys.indices {
                let key = keys[index]
                if key < best {
                    (first, best, second) = (index, key, best)
                } else if key < second {
                    second = key
                }
            }
            guard first >= 0, best <= last else { return false }
            // Another one at the bound itself comes first only where it was given first.
            let isAhead = keys[..<first].allSatisfy { $0 != second }
            let bound = min(isAhead ? second : FeedKey(bits: second.bits - 1), last)
            let count = try sources[first].tell(until: max(bound, best), countMax: open, to: kernel)
            eventCount += count
            open -= count
            keys[first] = sources[first].next
        }
        return true
    }
}
