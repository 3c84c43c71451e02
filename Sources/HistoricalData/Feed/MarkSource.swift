import Contracts
import EventKernel

/// Tells mark prices: at the start of each mark candle the price it opens at, as a ticker.
///
/// Only the open is told: high, low and close are known too late.
package final class MarkSource: MarketSource {
    private let marks: CandleColumns
    private let range: Range<Int>
    private var index: Int
    private var toldCount = 0
    package private(set) var next: FeedKey

    package init(_ marks: CandleColumns, from: UnixMilliseconds? = nil, to: UnixMilliseconds? = nil) {
        self.marks = marks
        let first = from.map { time in marks.starts.partitioningIndex { $0 >= time } } ?? 0
        let end = to.map { time in marks.starts.partitioningIndex { $0 >= time } } ?? marks.count
        range = first..<max(first, end)
        index = range.lowerBound
        next = range.isEmpty ? .end : FeedKey(marks.starts[range.lowerBound], .mark)
    }

    package var counts: [Topic: Int] { [.marketTicker: toldCount] }
    package var weight: Double { Double(range.count) }
    package var progress: Double {
        range.isEmpty ? 1 : Double(index - range.lowerBound) / Double(range.count)
    }

    package func tell(until bound: FeedKey, countMax: Int, to kernel: Kernel) -> Int {
        var count = 0
        while next <= bound, count < countMax {
            let start = marks.starts[index]
            kernel.ingest(
                TickerEvent(
                    meta: EventMeta(source: .market, ts: start),
                    instrument: marks.instrument,
                    exchangeTime: start,
                    markPrice: marks.price(index, .open)
                )
            )
            count += 1
            index += 1
            next = index < range.upperBound ? FeedKey(marks.starts[index], .mark) : .end
        }
        toldCount += count
        return count
    }
}
