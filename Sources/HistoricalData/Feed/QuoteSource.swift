import Contracts
import EventKernel

/// Tells the best bid and ask as tickers: at a bar's start what it opens at, at its end what it closes at.
package final class QuoteSource: MarketSource {
    private let quotes: QuoteColumns
    private let range: Range<Int>
    private var index: Int
    private var isOpen = false
    private var toldCount = 0
    package private(set) var next: FeedKey

    package init(_ quotes: QuoteColumns, from: UnixMilliseconds? = nil, to: UnixMilliseconds? = nil) {
        self.quotes = quotes
        let length = Int64(quotes.minutes) * 60_000
        let first = from.map { time in quotes.starts.partitioningIndex { $0 >= time } } ?? 0
        let end = to.map { time in quotes.starts.partitioningIndex { $0 + length > time } } ?? quotes.count
        range = first..<max(first, end)
        index = range.lowerBound
        next = range.isEmpty ? .end : FeedKey(quotes.starts[range.lowerBound], .mark)
    }

    package var counts: [Topic: Int] { [.marketTicker: toldCount] }
    package var weight: Double { Double(range.count) }
    package var progress: Double {
        range.isEmpty ? 1 : Double(index - range.lowerBound) / Double(range.count)
    }

    package func tell(until bound: FeedKey, countMax: Int, to kernel: Kernel) -> Int {
        var count = 0
        while next <= bound, count < countMax {
            kernel.ingest(ticker())
            count += 1
            if isOpen {
                index += 1
                next = index < range.upperBound ? FeedKey(quotes.starts[index], .mark) : .end
            } else {
                next = FeedKey(quotes.starts[index] + Int64(quotes.minutes) * 60_000, .closing)
            }
            isOpen.toggle()
        }
        toldCount += count
        return count
    }

    private func ticker() -> TickerEvent {
        let place = 4 * index + (isOpen ? 2 : 0)
        let time = quotes.starts[index] + (isOpen ? Int64(quotes.minutes) * 60_000 : 0)
        // The sizes are those of the close.
        let sizes = isOpen ? (size(2 * index), size(2 * index + 1)) : (nil, nil)
        return TickerEvent(
            meta: EventMeta(source: .market, ts: time),
            instrument: quotes.instrument,
            exchangeTime: time,
            bidPrice: Price(units: quotes.prices.units[place], scale: quotes.prices.scale),
            bidSize: sizes.0,
            askPrice: Price(units: quotes.prices.units[place + 1], scale: quotes.prices.scale),
            askSize: sizes.1
        )
    }

    private func size(_ place: Int) -> Quantity {
        Quantity(units: quotes.sizes.units[place], scale: quotes.sizes.scale)
    }
}
