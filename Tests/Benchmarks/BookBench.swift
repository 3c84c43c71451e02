import BybitProtocol
import Contracts

/// Folding changes into an order book of 50 levels.
enum BookBench {
    private static let messageCount = 100_000

    static func run(_ report: Report) {
        let deltas = EventSamples.events(of: Samples.books(messageCount))
            .compactMap { event -> OrderBookDelta? in
                guard case .marketOrderbookDelta(let delta) = event else { return nil }
                return delta
            }
        let levelCount = deltas.reduce(0) { $0 + $1.levels.count }
        var book = OrderBook(depth: 50)
        let sink = Sink()
        let time = Stopwatch.cpuNanoseconds(per: deltas.count) {
            for delta in deltas { book.apply(delta) }
            sink.take(book.bestBid?.price.units ?? 0)
        }
        let levelsPerMessage = Double(levelCount) / Double(deltas.count)
        report.add(.book, "apply_levels", levelsPerMessage / time * 1e9, "levels/s")
        let more = [("levels_per_message", levelsPerMessage)]
        report.add(.book, "apply_messages", 1e9 / time, "msg/s", more: more)
    }
}
