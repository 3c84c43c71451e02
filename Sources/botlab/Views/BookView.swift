import Contracts

/// One book at one moment, for people and as JSON.
struct BookView {
    let instrument: Instrument
    let book: OrderBook
    let messageCount: Int
    let exchangeTime: UnixMilliseconds
    let isWaiting: Bool
    let levelCount: Int

    private var bids: [BookLevel] { book.bids.suffix(levelCount).reversed() }
    private var asks: [BookLevel] { book.asks.suffix(levelCount).reversed() }

    /// Best levels first, bids on the left.
    var text: String {
        let (bids, asks) = (bids, asks)
        let head =
            "\(instrument)  orderbook.\(book.depth)  message \(messageCount)  \(UTCTime(exchangeTime)) UTC  update \(book.updateID)"
        guard !isWaiting else { return head + "\n  waits for a snapshot\n" }
        let width = (bids + asks).reduce(8) {
            max($0, $1.size.description.utf8.count, $1.price.description.utf8.count)
        }
        var lines = [head]
        for index in 0..<max(bids.count, asks.count) {
            let bid = index < bids.count ? bids[index] : nil
            let ask = index < asks.count ? asks[index] : nil
            let left =
                Self.padded(bid?.size.description, width) + "  " + Self.padded(bid?.price.description, width)
            let right = ask.map {
                "  " + Self.padded($0.price.description, width) + "  "
                    + Self.padded($0.size.description, width)
            }
            lines.append("  \(left)  |\(right ?? "")")
        }
        lines.append("  \(figures), levels \(book.bids.count) | \(book.asks.count)")
        return lines.joined(separator: "\n") + "\n"
    }

    private var figures: String {
        guard let mid = book.mid, let spread = book.spread else {
            return book.isCrossed ? "crossed" : "one side is empty"
        }
        return "mid \(mid), microprice \(Self.rounded(book.microprice, mid.scale + 1)), spread \(spread)"
            + " (\(Self.rounded(book.spreadBasisPoints, 3)) basis points)"
            + ", imbalance \(Self.rounded(book.imbalance(levelCount: levelCount), 3))"
    }

    private static func rounded(_ value: Double?, _ places: UInt8) -> String {
        guard let value, let number = try? Ratio(nearestTo: value, scale: min(places, 18)) else { return "-" }
        return number.description
    }

    private static func padded(_ text: String?, _ width: Int) -> String {
        let text = text ?? ""
        return String(repeating: " ", count: max(0, width - text.utf8.count)) + text
    }
}

extension BookView {
    private struct Line: Encodable {
        let instrument: Instrument
        let depth: Int
        let message: Int
        let exchangeTime: UnixMilliseconds
        let updateID: UInt64
        let waiting: Bool
        let bidLevels: Int
        let askLevels: Int
        let mid: Price?
        let spread: Price?
        let spreadBasisPoints: Double?
        let microprice: Double?
        let imbalance: Double?
        let bids: [BookLevel]
        let asks: [BookLevel]

        private enum CodingKeys: String, CodingKey {
            case instrument, depth, message, exchangeTime
            case updateID = "updateId"
            case waiting, bidLevels, askLevels, mid, spread, spreadBasisPoints, microprice, imbalance, bids,
                asks
        }
    }

    func json() throws -> String {
        try EventJSONEncoder().line(
            of: Line(
                instrument: instrument,
                depth: book.depth,
                message: messageCount,
                exchangeTime: exchangeTime,
                updateID: book.updateID,
                waiting: isWaiting,
                bidLevels: book.bids.count,
                askLevels: book.asks.count,
                mid: book.mid,
                spread: book.spread,
                spreadBasisPoints: book.spreadBasisPoints,
                microprice: book.microprice,
                imbalance: book.imbalance(levelCount: levelCount),
                bids: bids,
                asks: asks
            )
        )
    }
}

/// What happened to a book between two views.
struct BookNote {
    private struct Line: Encodable {
        let instrument: Instrument
        let depth: Int
        let message: Int
        let note: String
    }

    private let line: Line

    init(_ instrument: Instrument, _ depth: Int, _ message: Int, _ note: String) {
        line = Line(instrument: instrument, depth: depth, message: message, note: note)
    }

    var text: String {
        "\(line.instrument)  orderbook.\(line.depth)  after message \(line.message): \(line.note)\n"
    }

    func json() throws -> String { try EventJSONEncoder().line(of: line) }
}

extension EventJSONEncoder {
    /// The value as one line of JSON.
    func line(of value: some Encodable) throws -> String {
        var bytes: [UInt8] = []
        try encode(value, into: &bytes)
        return String(decoding: bytes, as: UTF8.self) + "\n"
    }
}
