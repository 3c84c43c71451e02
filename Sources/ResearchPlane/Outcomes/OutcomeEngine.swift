import Contracts

/// Labels feature vectors with what followed them.
///
/// A value: no clock, no bus. Each vector is an entry at its close, and a bar for the entries before it; at the horizon its outcome is given.
package struct OutcomeEngine: Sendable {
    private struct Entry: Sendable {
        let barEnd: UnixMilliseconds
        let price: Double
        var barrier: TripleBarrier
        var high: Double
        var low: Double
    }

    private struct Stream: Sendable {
        var lastBarEnd: UnixMilliseconds
        /// Oldest first; at most one a bar of the horizon.
        var entries: [Entry] = []
    }

    private struct Key: Hashable, Sendable {
        let instrument: Instrument
        let barSeconds: Int
    }

    package let settings: OutcomeSettings
    /// Entries that a gap in the bars has cut off.
    package private(set) var abandonedCount = 0
    /// Vectors that came late, twice, or without a width for their barriers.
    package private(set) var skippedCount = 0
    private var streams: [Key: Stream] = [:]

    package init(settings: OutcomeSettings = OutcomeSettings()) { self.settings = settings }

    /// Takes one vector in; gives the outcomes that its bar decides, oldest first.
    package mutating func take(_ vector: FeatureVectorRecorded) -> [Outcome] {
        let key = Key(instrument: vector.instrument, barSeconds: vector.barSeconds)
        let barMilliseconds = Int64(vector.barSeconds) * 1000
        guard barMilliseconds > 0, vector.values.count == Feature.allCases.count else { return skip() }
        var stream = streams[key] ?? Stream(lastBarEnd: vector.barEnd - barMilliseconds)
        guard vector.barEnd > stream.lastBarEnd else { return skip() }
        let missing = (vector.barEnd - stream.lastBarEnd) / barMilliseconds - 1
        if missing > Int64(settings.gapLimitBars) {
            abandonedCount += stream.entries.count
            stream.entries = []
        }
        stream.lastBarEnd = vector.barEnd
        let outcomes = settle(&stream.entries, with: vector, barMilliseconds)
        enter(vector, into: &stream)
        streams[key] = stream
        return outcomes
    }

    /// Shows the bar to every entry; takes out and gives the ones at their horizon.
    private func settle(
        _ entries: inout [Entry],
        with bar: FeatureVectorRecorded,
        _ barMilliseconds: Int64
    ) -> [Outcome] {
        let (high, low, close) = (bar.high.approximate, bar.low.approximate, bar.close.approximate)
        var outcomes: [Outcome] = []
        for index in entries.indices {
            entries[index].high = max(entries[index].high, high)
            entries[index].low = min(entries[index].low, low)
            let bars = Int((bar.barEnd - entries[index].barEnd) / barMilliseconds)
            entries[index].barrier.take(high: high, low: low, close: close, bars: bars)
            let entry = entries[index]
            guard bars >= settings.horizonBars, let exit = entry.barrier.exit else { continue }
            outcomes.append(
                Outcome(
                    instrument: bar.instrument,
                    barSeconds: bar.barSeconds,
                    barEnd: entry.barEnd,
                    horizonBars: settings.horizonBars,
                    exit: exit,
                    forwardReturn: close / entry.price - 1,
                    maximumFavourable: max(entry.high / entry.price - 1, 0),
                    maximumAdverse: max(1 - entry.low / entry.price, 0)
                )
            )
        }
        entries.removeFirst(outcomes.count)
        return outcomes
    }

    private mutating func enter(_ vector: FeatureVectorRecorded, into stream: inout Stream) {
        let price = vector.close.approximate
        guard price > 0, let (upper, lower) = settings.width.barriers(round: price, of: vector) else {
            skippedCount += 1
            return
        }
        let barrier = TripleBarrier(
            upper: upper,
            lower: lower,
            horizonBars: settings.horizonBars,
            basis: settings.basis
        )
        stream.entries.append(
            Entry(barEnd: vector.barEnd, price: price, barrier: barrier, high: price, low: price)
        )
    }

    private mutating func skip() -> [Outcome] {
        skippedCount += 1
        return []
    }
}
