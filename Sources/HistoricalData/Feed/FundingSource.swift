import Contracts
import EventKernel

/// Tells funding rates: each at its settlement's own time, before anything else of that time.
///
/// History knows the rate that was settled, not what was expected before; so after each settlement its rate is told
/// again as the forecast for the next one, whose time is public.
package final class FundingSource: MarketSource {
    private let funding: FundingColumns
    private let range: Range<Int>
    private var index: Int
    private var isSettled = false
    private var toldCount = 0
    package private(set) var next: FeedKey

    package init(_ funding: FundingColumns, from: UnixMilliseconds? = nil, to: UnixMilliseconds? = nil) {
        self.funding = funding
        let first = from.map { time in funding.times.partitioningIndex { $0 >= time } } ?? 0
        let end = to.map { time in funding.times.partitioningIndex { $0 >= time } } ?? funding.count
        range = first..<max(first, end)
        index = range.lowerBound
        next = range.isEmpty ? .end : FeedKey(funding.times[range.lowerBound], .funding)
    }

    package var counts: [Topic: Int] { [.marketFunding: toldCount] }
    package var weight: Double { Double(range.count) }
    package var progress: Double {
        range.isEmpty ? 1 : Double(index - range.lowerBound) / Double(range.count)
    }

    package func tell(until bound: FeedKey, countMax: Int, to kernel: Kernel) -> Int {
        var count = 0
        while next <= bound, count < countMax {
            let time = funding.times[index]
            let interval = funding.interval(isSettled ? nextIndex : index)
            kernel.ingest(
                FundingEvent(
                    meta: EventMeta(source: .market, ts: time),
                    instrument: funding.instrument,
                    exchangeTime: time,
                    rate: funding.rate(index),
                    nextFundingTime: isSettled ? interval.map { time + $0 } : time,
                    intervalHours: interval.map { Int($0 / 3_600_000) }
                )
            )
            count += 1
            step(time)
        }
        toldCount += count
        return count
    }

    /// Whose distance to its forerunner is the time to wait; the last one repeats its own.
    private var nextIndex: Int { index + 1 < funding.count ? index + 1 : index }

    private func step(_ time: UnixMilliseconds) {
        isSettled.toggle()
        if isSettled {
            next = FeedKey(time, .forecast)
        } else {
            index += 1
            next = index < range.upperBound ? FeedKey(funding.times[index], .funding) : .end
        }
    }
}
