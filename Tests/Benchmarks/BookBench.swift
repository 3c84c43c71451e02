import BybitProtocol
import Contracts
import FoundationEssentials

/// Folding changes into an order book of 50 levels; the touch is read after every message.
enum BookBench {
    private static let messageCount = 100_000

    /// Measures changes of our own making and, where it lies beside the file of frames, the peers' `levels.bin`.
    static func run(_ report: Report, beside frames: String?) throws {
        let own = EventSamples.events(of: Samples.books(messageCount))
            .compactMap { event -> OrderBookDelta? in
                guard case .marketOrderbookDelta(let delta) = event else { return nil }
                return delta
            }
        measure(own, suffix: " (own mix)", report)
        guard let frames else { return Report.note("6-book: no --frames FILE, so no levels.bin beside it") }
        let file = URL(filePath: frames).deletingLastPathComponent().appending(path: "levels.bin")
        guard let bytes = try? Data(contentsOf: file) else { return Report.note("6-book: no \(file.path)") }
        measure(deltas(of: bytes), suffix: "", report)
    }

    private static func measure(_ deltas: [OrderBookDelta], suffix: String, _ report: Report) {
        let levelCount = deltas.reduce(0) { $0 + $1.levels.count }
        let sink = Sink()
        let time = Stopwatch.cpuNanoseconds(per: deltas.count) {
            var book = OrderBook(depth: 50)
            for delta in deltas {
                book.apply(delta)
                sink.take((book.bestBid?.price.units ?? 0) &+ (book.bestAsk?.price.units ?? 0))
            }
        }
        let levelsPerMessage = Double(levelCount) / Double(max(1, deltas.count))
        report.add(.book, "apply_levels\(suffix)", levelsPerMessage / time * 1e9, "levels/s")
        let more = [("levels_per_message", levelsPerMessage)]
        report.add(.book, "apply_messages\(suffix)", 1e9 / time, "msg/s", more: more)
    }

    /// The peers' changes: message and side as 32-bit, price and size as 64-bit whole numbers, one after the other.
    private static func deltas(of bytes: Data) -> [OrderBookDelta] {
        var (deltas, bids, asks) = ([OrderBookDelta](), [BookLevel](), [BookLevel]())
        var message: Int32 = 0
        var rest = Fields(bytes: [UInt8](bytes))
        while let number = rest.next(Int32.self), let side = rest.next(Int32.self),
            let price = rest.next(Int64.self), let size = rest.next(Int64.self)
        {
            if number != message {
                deltas.append(delta(message, bids, asks))
                (message, bids, asks) = (number, [], [])
            }
            let level = BookLevel(price: Price(units: price, scale: 1), size: Quantity(units: size, scale: 3))
            if side == 0 { bids.append(level) } else { asks.append(level) }
        }
        deltas.append(delta(message, bids, asks))
        return deltas
    }

    private static func delta(_ message: Int32, _ bids: [BookLevel], _ asks: [BookLevel]) -> OrderBookDelta {
        OrderBookDelta(
            meta: EventMeta(source: .market),
            instrument: Samples.instrument,
            exchangeTime: 0,
            depth: 50,
            isSnapshot: message == 0,
            updateID: UInt64(message) + 1,
            levels: ContiguousArray(bids + asks),
            bidCount: bids.count
        )
    }

    /// Whole numbers in a row, lowest byte first.
    private struct Fields {
        let bytes: [UInt8]
        private var at = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func next<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
            let size = Number.bitWidth / 8
            guard at + size <= bytes.count else { return nil }
            defer { at += size }
            return bytes[at..<(at + size)].reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
        }
    }
}
