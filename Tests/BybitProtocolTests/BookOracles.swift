import BybitProtocol
import Contracts
import Foundation
import Recording

/// The expected books of `oracles/`, section 8 of its README, and the recordings they were computed from.
enum BookOracles {
    static let shared = URL(
        fileURLWithPath: ProcessInfo.processInfo.environment["TRADEBOT_SHARED"] ?? "../shared"
    )
    static let folder = shared.appendingPathComponent("oracles")

    /// Every `book_*.json`; none, and a printed reason, where they are absent.
    static let files: [URL] = {
        let found = contents(of: folder).filter {
            $0.lastPathComponent.hasPrefix("book_") && $0.pathExtension == "json"
        }
        if found.isEmpty { print("skipped: no book_*.json in \(folder.path); set TRADEBOT_SHARED") }
        return found
    }()

    static let recordings = contents(of: shared.appendingPathComponent("data/raw_ws"))

    private static func contents(of folder: URL) -> [URL] {
        let found = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return (found ?? []).sorted { $0.path < $1.path }
    }
}

/// Members are named as in the oracles, which write them `in_snake_case`.
struct MessageState: Decodable {
    let afterMessage: Int
    let u: UInt64
    let seq: UInt64
    let bidLevels: Int
    let askLevels: Int
    let bids: [[String]]
    let asks: [[String]]
}

struct LineOracle: Decodable {
    struct Book: Decodable {
        let u: UInt64
        let bids: [[String]]
        let asks: [[String]]
        let bidLevels: Int
        let askLevels: Int
        let bidQtySum: OracleNumber
        let askQtySum: OracleNumber
    }
    struct State: Decodable {
        let afterLine: Int
        let books: [String: Book]
        let takerBuySellVolumeAndTrades: [String: [OracleNumber]]
    }
    struct Totals: Decodable {
        let trades: Int
    }

    let lines: Int
    let firstRecvNs: Int64
    let lastRecvNs: Int64
    let symbols: [String: Totals]
    let states: [State]
}

struct BinanceOracle: Decodable {
    struct State: Decodable {
        let afterApplied: Int
        let u: UInt64
        let eventTimeMs: Int64
        let bidLevels: Int
        let askLevels: Int
        let bids: [[String]]
        let asks: [[String]]
    }

    let file: String
    let applied: Int
    let staleDropped: Int
    let sequenceGaps: Int
    let states: [State]
}

/// A number of an oracle, which is written with twelve significant digits.
struct OracleNumber: Decodable {
    private let value: Decimal

    init(from decoder: any Decoder) throws { value = try decoder.singleValueContainer().decode(Decimal.self) }

    /// Whether it is this number: exactly, or where it was cut, to the last digit it has.
    func `is`(_ exact: Quantity) -> Bool {
        guard let exact = Decimal(string: exact.description) else { return false }
        let digits = value.description.filter(\.isNumber).drop { $0 == "0" }.count
        if digits < 12 { return value == exact }
        return abs(value - exact) <= abs(exact) / Decimal(1_000_000_000_000 as Int64) * 5
    }
}

/// What was traded so far, by the taker's side.
struct TradeTally {
    var bought = Quantity.zero
    var sold = Quantity.zero
    var count = 0

    mutating func add(_ trade: TradeEvent) throws {
        if trade.side == .buy {
            bought = try bought.adding(trade.quantity)
        } else {
            sold = try sold.adding(trade.quantity)
        }
        count += 1
    }
}

/// A recording of the exchange, read line by line through the decoder into books of the test's own.
struct BookReplay {
    private var reader: RecordingReader
    private var decoder = PublicFrameDecoder(category: .linear)
    private var output = DecodedFrame()
    private var books: [String: OrderBook] = [:]
    private(set) var trades: [String: TradeTally] = [:]
    private(set) var lineCount = 0
    private(set) var gapCount = 0
    private(set) var lastReceived: Int64 = 0
    private(set) var lastFrame = ""

    init(_ file: URL) throws { reader = try RecordingReader(path: file.path) }

    func book(_ symbol: String) -> OrderBook? { books[symbol] }
    func updateID(_ symbol: String) -> UInt64? { books[symbol]?.updateID }

    /// Reads on until that many lines are read; false where there are fewer.
    mutating func advance(to line: Int) throws -> Bool {
        while lineCount < line {
            guard let frame = try reader.nextFrame() else { return false }
            lineCount += 1
            lastReceived = frame.receivedNanoseconds
            let bytes = Array(frame.bytes)
            lastFrame = String(decoding: bytes, as: UTF8.self)
            try decoder.decode(bytes, receivedAt: frame.receivedNanoseconds / 1_000_000, into: &output)
            if output.gap != nil { gapCount += 1 }
            for event in output.events {
                switch event {
                case .marketOrderbookDelta(let delta):
                    books[delta.instrument.symbol.description, default: OrderBook(depth: delta.depth)].apply(
                        delta
                    )
                case .marketTrade(let trade):
                    try trades[trade.instrument.symbol.description, default: TradeTally()].add(trade)
                default: break
                }
            }
        }
        return true
    }
}

/// A recording of another exchange, whose changes are numbered otherwise.
struct BinanceReplay {
    private struct Snapshot: Decodable {
        let lastUpdateId: UInt64
        let bids: [[String]]
        let asks: [[String]]
    }
    private struct Stream: Decodable {
        struct Update: Decodable {
            let time: Int64
            let update: UInt64
            let previous: UInt64?
            let bids: [[String]]
            let asks: [[String]]

            enum CodingKeys: String, CodingKey {
                case time = "E"
                case update = "u"
                case previous = "pu"
                case bids = "b"
                case asks = "a"
            }
        }
        let data: Update
    }

    private var reader: RecordingReader
    private let anchor: UInt64
    private(set) var book = OrderBook(depth: 100_000)
    private(set) var eventTime: Int64 = 0
    private(set) var appliedCount = 0
    private(set) var staleCount = 0
    private(set) var gapCount = 0

    init(_ file: URL) throws {
        var search = try RecordingReader(path: file.path)
        var found: Snapshot?
        while found == nil, let frame = try search.nextFrame() {
            guard frame.bytes.starts(with: #"{"lastUpdateId""#.utf8) else { continue }
            found = try JSONDecoder().decode(Snapshot.self, from: Data(frame.bytes))
        }
        guard let snapshot = found else { throw CocoaError(.fileReadCorruptFile) }
        anchor = snapshot.lastUpdateId
        reader = try RecordingReader(path: file.path)
        try apply(snapshot.bids, snapshot.asks, update: anchor, isSnapshot: true)
    }

    /// Reads on until that many changes are applied; false where there are fewer.
    mutating func advance(toApplied count: Int) throws -> Bool {
        while appliedCount < count {
            guard let frame = try reader.nextFrame() else { return false }
            guard frame.bytes.starts(with: #"{"stream""#.utf8), Data(frame.bytes).range(of: Self.mark) != nil
            else { continue }
            let update = try JSONDecoder().decode(Stream.self, from: Data(frame.bytes)).data
            guard update.update >= anchor else {
                staleCount += 1
                continue
            }
            if appliedCount > 0, let previous = update.previous, previous != book.updateID { gapCount += 1 }
            try apply(update.bids, update.asks, update: update.update, isSnapshot: false)
            eventTime = update.time
            appliedCount += 1
        }
        return true
    }

    private static let mark = Data(#""e":"depthUpdate""#.utf8)

    private mutating func apply(
        _ bids: [[String]],
        _ asks: [[String]],
        update: UInt64,
        isSnapshot: Bool
    ) throws {
        let levels = try (bids + asks).map {
            BookLevel(price: try Price(parsing: $0[0].utf8), size: try Quantity(parsing: $0[1].utf8))
        }
        book.apply(
            OrderBookDelta(
                meta: EventMeta(source: .market),
                instrument: Instrument(category: .linear, symbol: try Symbol(ascii: "OTHER".utf8)),
                exchangeTime: 0,
                depth: book.depth,
                isSnapshot: isSnapshot,
                updateID: update,
                levels: ContiguousArray(levels),
                bidCount: bids.count
            )
        )
    }
}
