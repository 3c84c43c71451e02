import Contracts
import EventKernel

/// Tells trades out of memory.
package final class TradeSource: MarketSource {
    private let trades: TradeColumns
    private let range: Range<Int>
    private var index: Int
    package private(set) var next: FeedKey

    package init(_ trades: TradeColumns, from: UnixMilliseconds? = nil, to: UnixMilliseconds? = nil) {
        self.trades = trades
        range = trades.indices(from: from, to: to)
        index = range.lowerBound
        next = range.isEmpty ? .end : FeedKey(trades.times[range.lowerBound], .trading)
    }

    package var counts: [Topic: Int] { [.marketTrade: index - range.lowerBound] }
    package var weight: Double { Double(range.count) }
    package var progress: Double {
        range.isEmpty ? 1 : Double(index - range.lowerBound) / Double(range.count)
    }

    package func tell(until bound: FeedKey, countMax: Int, to kernel: Kernel) -> Int {
        let (trades, end) = (trades, min(range.upperBound, index &+ min(countMax, range.count)))
        var (index, time) = (index, next.time)
        let first = index
        repeat {
            let units = trades.quantities.units[index]
            kernel.ingest(
                TradeEvent(
                    meta: EventMeta(source: .market, ts: time),
                    instrument: trades.instrument,
                    exchangeTime: time,
                    id: .number(UInt64(trades.ids.isEmpty ? Int64(index) + 1 : trades.ids[index])),
                    side: units > 0 ? .buy : .sell,
                    price: Price(units: trades.prices.units[index], scale: trades.prices.scale),
                    quantity: Quantity(units: abs(units), scale: trades.quantities.scale)
                )
            )
            index &+= 1
            guard index < end else { break }
            time = trades.times[index]
        } while FeedKey(time, .trading) <= bound
        self.index = index
        next = index < range.upperBound ? FeedKey(trades.times[index], .trading) : .end
        return index &- first
    }
}
