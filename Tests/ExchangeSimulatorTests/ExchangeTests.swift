import NIOCore
import Testing

@testable import ExchangeSimulator

/// Keeps what it was told.
private final class Listener: Subscriber {
    private(set) var messages: [JSONValue] = []

    func deliver(_ message: ByteBuffer) {
        do {
            messages.append(try JSONReader.read(Array(message.readableBytesView)))
        } catch {
            Issue.record("not JSON: \(String(buffer: message))")
        }
    }
}

@Suite struct `Simulated exchange` {
    private static let startMs: Int64 = 1_786_540_000_000

    /// Runs a generated market with one listener on one topic.
    private static func heard(
        _ topic: Topic,
        category: ExchangeSimulator.Category = .linear,
        seconds: Int64,
        meanwhile: (Exchange, Int) -> Void = { _, _ in }
    ) -> [JSONValue] {
        let exchange = Exchange(nowMs: startMs, candleGraceMs: 0, desk: SubscriptionDesk())
        let listener = Listener()
        var market = GeneratedMarket(seed: 5, symbols: ["BTCUSDT"], rate: 20, startMs: startMs)
        var count = 0
        while let timed = market.next(), timed.dueNs < (startMs + seconds * 1000) * 1_000_000 {
            exchange.apply(timed.event)
            count += 1
            if count == 4 { exchange.subscribe(listener, to: Subscription(topic, category: category)) }
            meanwhile(exchange, count)
        }
        return listener.messages
    }

    @Test(arguments: [50, 200])
    func `numbers book pushes without a gap and deletes what leaves the window`(depth: Int) throws {
        let messages = Self.heard(.book(depth: depth, "BTCUSDT"), seconds: 60)
        var sides: [[Fixed: Fixed]] = [[:], [:]]
        var last: Int64?
        for message in messages {
            let data = try #require(message["data"])
            let updateID = try #require(data["u"]?.integer)
            if let last { #expect(updateID == last + 1) }
            last = updateID
            for (index, name) in ["b", "a"].enumerated() {
                for level in data[name]?.array ?? [] {
                    let pair = try #require(level.array)
                    let price = try #require(pair[0].string.flatMap { Fixed.read($0.utf8) }).value
                    let size = try #require(pair[1].string.flatMap { Fixed.read($0.utf8) }).value
                    if size == .zero {
                        #expect(sides[index].removeValue(forKey: price) != nil)
                    } else {
                        sides[index][price] = size
                    }
                }
                #expect(sides[index].count == depth)
            }
            let bestBid = try #require(sides[0].keys.max())
            let bestAsk = try #require(sides[1].keys.min())
            #expect(bestBid < bestAsk)
        }
        #expect(messages.first?["type"]?.string == "snapshot")
        #expect(messages.dropFirst().allSatisfy { $0["type"]?.string == "delta" })
        #expect(messages.count > 500)
    }

    @Test func `sends level one as snapshots only`() {
        let messages = Self.heard(.book(depth: 1, "BTCUSDT"), seconds: 10)
        #expect(messages.count > 20)
        #expect(messages.allSatisfy { $0["type"]?.string == "snapshot" })
    }

    @Test func `skips one update id when told to lose a push`() throws {
        let messages = Self.heard(.book(depth: 50, "BTCUSDT"), seconds: 20) { exchange, count in
            if count == 100 { exchange.loseNextBookUpdates() }
        }
        let ids = messages.compactMap { $0["data"]?["u"]?.integer }
        #expect(zip(ids, ids.dropFirst()).count { $1 == $0 + 2 } == 1)
        #expect(zip(ids, ids.dropFirst()).count { $1 == $0 + 1 } == ids.count - 2)
    }

    @Test func `closes each minute once, with the candle of its trades`() throws {
        let trades = Self.heard(.trade("BTCUSDT"), seconds: 200).flatMap { $0["data"]?.array ?? [] }
        let candles = Self.heard(.kline(.minute1, "BTCUSDT"), seconds: 200)
            .compactMap { $0["data"]?.array?.first }.filter { $0["confirm"] == .bool(true) }
        #expect(candles.count == 3)
        for candle in candles.dropFirst() {
            let start = try #require(candle["start"]?.integer)
            let inside = trades.filter { ($0["T"]?.integer ?? 0) / 60_000 * 60_000 == start }
            let prices = inside.compactMap { Fixed.read(($0["p"]?.string ?? "").utf8)?.value }
            let volume = inside.compactMap { Fixed.read(($0["v"]?.string ?? "").utf8)?.value }.reduce(
                .zero,
                +
            )
            #expect(candle["open"]?.string == prices.first?.text(decimals: 1))
            #expect(candle["close"]?.string == prices.last?.text(decimals: 1))
            #expect(candle["high"]?.string == prices.max()?.text(decimals: 1))
            #expect(candle["low"]?.string == prices.min()?.text(decimals: 1))
            #expect(candle["volume"]?.string == volume.text(decimals: 3))
        }
    }

    @Test func `sends a whole ticker first and then only what changed`() throws {
        let messages = Self.heard(.ticker("BTCUSDT"), seconds: 20)
        let first = try #require(messages.first)
        #expect(first["type"]?.string == "snapshot")
        var known: [String: String] = [:]
        for member in first["data"]?.members ?? [] { known[member.name] = member.value.string }
        for name in ["openInterest", "fundingRate", "nextFundingTime", "markPrice", "bid1Price", "ask1Size"] {
            #expect(known[name] != nil)
        }
        for delta in messages.dropFirst() {
            #expect(delta["type"]?.string == "delta")
            for member in delta["data"]?.members ?? [] where member.name != "symbol" {
                #expect(known[member.name] != member.value.string)
                known[member.name] = member.value.string
            }
        }
        let sequences = messages.compactMap { $0["cs"]?.integer }
        #expect(zip(sequences, sequences.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test func `gives spot its own shapes`() throws {
        let trades = Self.heard(.trade("BTCUSDT"), category: .spot, seconds: 10)
        let trade = try #require(trades.first?["data"]?.array?.first)
        #expect(trade["L"] == nil)
        let id = try #require(trade["i"]?.string)
        #expect(UInt64(id) != nil)
        let tickers = Self.heard(.ticker("BTCUSDT"), category: .spot, seconds: 10)
        #expect(!tickers.isEmpty)
        #expect(tickers.allSatisfy { $0["type"]?.string == "snapshot" && $0["data"]?["bid1Price"] == nil })
    }
}

@Suite struct `Kline interval` {
    @Test func `begins weeks on Monday and months on the first`() {
        let time: Int64 = 1_786_540_000_000  // 2026-08-12T13:06:40Z, a Wednesday
        #expect(KlineInterval.week.start(of: time) == 1_786_320_000_000)
        #expect(KlineInterval.month.start(of: time) == 1_785_542_400_000)
        #expect(KlineInterval.month.end(after: 1_785_542_400_000) == 1_788_220_800_000)
        #expect(KlineInterval.hour4.start(of: time) == 1_786_536_000_000)
    }
}

@Suite struct `Fixed number` {
    @Test(
        arguments: [
            ("12.50", 1_250_000_000, 2), ("-0.1", -10_000_000, 1), ("1e-7", 10, 7),
            ("1e+06", 100_000_000_000_000, 0),
            ("0.123456789", 12_345_678, 8), ("7", 700_000_000, 0),
        ] as [(String, Int64, Int)]
    )
    func `reads what the exchange writes`(text: String, units: Int64, decimals: Int) {
        #expect(Fixed.read(text.utf8) == Fixed.Reading(value: Fixed(units: units), decimals: decimals))
    }

    @Test(arguments: ["", "abc", "1.2.3", "--1", "99999999999999999999"])
    func `refuses what is no number`(text: String) {
        #expect(Fixed.read(text.utf8) == nil)
    }

    @Test func `writes back what it read`() {
        #expect(Fixed(units: 1_250_000_000).text(decimals: 2) == "12.50")
        #expect(Fixed(units: -10_000_000).text(decimals: 1) == "-0.1")
        #expect(Fixed(units: 5).text(decimals: 8) == "0.00000005")
        #expect(Fixed(units: 0).text(decimals: 0) == "0")
    }
}
