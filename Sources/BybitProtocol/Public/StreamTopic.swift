import Contracts

/// One stream of the public connection: what it carries and of which symbol.
package struct StreamTopic: Hashable, Sendable {
    package let stream: MarketStream
    package let symbol: Symbol

    package init(stream: MarketStream, symbol: Symbol) {
        self.stream = stream
        self.symbol = symbol
    }

    static let intervals: Set<Int> = [1, 3, 5, 15, 30, 60, 120, 240, 360, 720, 1_440, 10_080, 43_200]
    static let depthMax = 1_000

    /// Whether the exchange has such a stream.
    package var isServed: Bool {
        switch stream {
        case .ticker, .trades, .liquidations, .priceLimit, .adlAlert, .insurance, .systemStatus: true
        case .orderBook(let depth): depth > 0 && depth <= Self.depthMax
        case .kline(let minutes): Self.intervals.contains(minutes)
        }
    }
}

extension StreamTopic: CustomStringConvertible {
    /// The topic as the exchange names it.
    package var description: String {
        stream == .systemStatus ? stream.description : "\(stream).\(symbol)"
    }
}

extension StreamTopic: Comparable {
    package static func < (left: Self, right: Self) -> Bool { left.description < right.description }
}

extension StreamTopic {
    /// Reads a topic's name; nil for one that is not known here.
    static func read(_ slice: Slice, in scanner: ByteScanner) -> StreamTopic? {
        if scanner.begins(slice, "orderbook.") {
            guard let (depth, rest) = number(slice, from: 10, in: scanner), depth > 0, depth <= depthMax
            else { return nil }
            return make(.orderBook(depth: depth), rest, in: scanner)
        }
        if scanner.begins(slice, "kline.") {
            guard let minutes = minutes(slice, in: scanner) else { return nil }
            return make(.kline(minutes: minutes.0), minutes.1, in: scanner)
        }
        if scanner.matches(slice, "system.status") {
            return make(.systemStatus, slice, in: scanner)
        }
        for (name, stream) in plainNames where scanner.begins(slice, name) {
            return make(stream, slice, from: name.utf8CodeUnitCount, in: scanner)
        }
        return nil
    }

    /// The names that are followed by nothing but a symbol; the retired `liquidation` is in recordings.
    private static let plainNames: [(StaticString, MarketStream)] = [
        ("publicTrade.", .trades), ("tickers.", .ticker), ("allLiquidation.", .liquidations),
        ("liquidation.", .liquidations), ("priceLimit.", .priceLimit), ("adlAlert.", .adlAlert),
        ("insurance.", .insurance),
    ]

    private static func minutes(_ slice: Slice, in scanner: ByteScanner) -> (Int, Slice)? {
        let rest = Slice(start: slice.start + 8, end: slice.end)
        if scanner.begins(slice, "kline.D.") { return (1_440, rest) }
        if scanner.begins(slice, "kline.W.") { return (10_080, rest) }
        if scanner.begins(slice, "kline.M.") { return (43_200, rest) }
        guard let (minutes, rest) = number(slice, from: 6, in: scanner), intervals.contains(minutes) else {
            return nil
        }
        return (minutes, rest)
    }

    private static func make(
        _ stream: MarketStream,
        _ slice: Slice,
        from: Int = 0,
        in scanner: ByteScanner
    ) -> Self? {
        let rest = Slice(start: slice.start + from, end: slice.end)
        guard let symbol = try? scanner.symbol(rest, "topic") else { return nil }
        return StreamTopic(stream: stream, symbol: symbol)
    }

    /// Reads digits up to a point, and gives what stands behind it.
    private static func number(_ slice: Slice, from: Int, in scanner: ByteScanner) -> (Int, Slice)? {
        var value = 0
        for index in (slice.start + from)..<slice.end {
            let byte = scanner[index]
            if byte == 0x2E { return (value, Slice(start: index + 1, end: slice.end)) }
            guard byte &- 0x30 <= 9, value < 100_000 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return nil
    }
}
