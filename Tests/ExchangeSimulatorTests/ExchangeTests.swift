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
        symbols: [String] = ["BTCUSDT"],
        seconds: Int64,
        meanwhile: (Exchange, Int) -> Void = { _, _ in }
    ) -> [JSONValue] {
        var isListening = false
        let exchange = Exchange(nowMs: startMs, candleGraceMs: 0, desk: SubscriptionDesk())
        let listener = Listener()
        let listings = symbols.map { Listing(symbol: $0, category: category) }
        var market = GeneratedMarket(seed: 5, listings: listings, rate: 20, startMs: startMs)
        var count = 0
        while let timed = market.next(), timed.dueNs < (startMs + seconds * 1000) * 1_000_000 {
            if timed.dueNs > startMs * 1_000_000, !isListening {
                isListening = true
                exchange.subscribe(listener, to: Subscription(topic, category: category))
            }
            exchange.apply(timed.happening)
            count += 1
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
        #expect(messages.count > (depth == 50 ? 500 : 300))
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
        #expect(tickers[0].members?.map(\.name) == ["topic", "ts", "type", "cs", "data"])
    }

    @Test func `gives options their own shapes`() throws {
        let symbol = "BTC-21AUG26-64000-C"
        let tickers = Self.heard(.ticker(symbol), category: .option, symbols: [symbol], seconds: 20)
        #expect(tickers.count > 5 && tickers.allSatisfy { $0["type"]?.string == "snapshot" })
        let data = try #require(tickers.first?["data"])
        for name in ["bidPrice", "askIv", "markPriceIv", "underlyingPrice", "delta", "theta", "change24h"] {
            #expect(data[name]?.string != nil)
        }
        let delta = try #require(data["delta"]?.string.flatMap(Double.init))
        #expect(delta > 0.2 && delta < 0.8)
        #expect(tickers[0]["id"]?.string?.hasPrefix("tickers.\(symbol)-") == true)
        let trades = Self.heard(.trade("BTC"), category: .option, symbols: [symbol], seconds: 60)
        let trade = try #require(trades.first?["data"]?.array?.first)
        #expect(trade["s"]?.string == symbol && trade["iv"]?.string != nil && trade["mP"]?.string != nil)
        let books = Self.heard(.book(depth: 25, symbol), category: .option, symbols: [symbol], seconds: 20)
        #expect(books.first?["type"]?.string == "snapshot" && books.last?["type"]?.string == "delta")
        #expect(books.allSatisfy { $0["cts"] == nil })
    }

    @Test(arguments: [(50, 20), (200, 100), (1000, 200)] as [(Int, Int64)])
    func `keeps the pause between pushes of a book`(depth: Int, pauseMs: Int64) {
        let times = Self.heard(.book(depth: depth, "BTCUSDT"), seconds: 30).dropFirst()
            .compactMap { $0["ts"]?.integer }
        #expect(times.count > 50)
        #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 >= pauseMs })
    }

    @Test func `repeats a quiet top of the book after three seconds with the same id`() throws {
        let exchange = Exchange(nowMs: Self.startMs, candleGraceMs: 0, desk: SubscriptionDesk())
        let listener = Listener()
        let listings = [Listing(symbol: "BTCUSDT", category: .linear)]
        var market = GeneratedMarket(seed: 5, listings: listings, rate: 20, startMs: Self.startMs)
        for _ in 0..<6 {
            if let next = market.next() { exchange.apply(next.happening) }
        }
        exchange.subscribe(listener, to: Subscription(.book(depth: 1, "BTCUSDT"), category: .linear))
        for second in Int64(1)...10 { exchange.move(to: Self.startMs + second * 1000) }
        let ids = listener.messages.compactMap { $0["data"]?["u"]?.integer }
        #expect(ids.count >= 3 && Set(ids).count == 1)
        #expect(listener.messages.allSatisfy { $0["type"]?.string == "snapshot" })
    }

    @Test func `numbers books from one after a restart, on a living topic with a snapshot`() throws {
        let messages = Self.heard(.book(depth: 50, "BTCUSDT"), seconds: 20) { exchange, count in
            if count == 100 { exchange.startBooksOver() }
        }
        let ids = messages.compactMap { $0["data"]?["u"]?.integer }
        let first = try #require(ids.firstIndex(of: 1))
        #expect(first > 10)
        #expect(messages[first]["type"]?.string == "snapshot")
        #expect(messages[first]["data"]?["b"]?.array?.count == 50)
        #expect(Array(ids[first...]) == Array(1...Int64(ids.count - first)))
    }

    @Test func `crosses one push when told to`() throws {
        let messages = Self.heard(.book(depth: 1, "BTCUSDT"), seconds: 20) { exchange, count in
            if count == 100 { exchange.crossNextBookUpdates() }
        }
        let crossed = messages.count { message in
            guard let bid = message["data"]?["b"]?.array?.first?.array?.first?.string.flatMap(Double.init),
                let ask = message["data"]?["a"]?.array?.first?.array?.first?.string.flatMap(Double.init)
            else { return false }
            return bid >= ask
        }
        #expect(crossed == 1)
    }

    @Test func `holds a frozen symbol's trades and sends them whole afterwards`() throws {
        let all = Self.heard(.trade("BTCUSDT"), seconds: 30)
        let frozen = Self.heard(.trade("BTCUSDT"), seconds: 30) { exchange, count in
            if count == 100 { exchange.market("BTCUSDT")?.freeze() }
            if count == 300 { exchange.market("BTCUSDT")?.thaw() }
        }
        #expect(all == frozen)
        let books = Self.heard(.book(depth: 50, "BTCUSDT"), seconds: 30) { exchange, count in
            if count == 100 { exchange.market("BTCUSDT")?.freeze() }
            if count == 300 { exchange.market("BTCUSDT")?.thaw() }
        }
        let ids = books.compactMap { $0["data"]?["u"]?.integer }
        #expect(zip(ids, ids.dropFirst()).allSatisfy { $1 == $0 + 1 })
        let times = books.compactMap { $0["ts"]?.integer }
        #expect(zip(times, times.dropFirst()).contains { $1 - $0 > 2000 })
    }

    @Test func `goes on with times that stand still when stale`() throws {
        let messages = Self.heard(.ticker("BTCUSDT"), seconds: 20) { exchange, count in
            if count == 200 { exchange.stamps.heldAtMs = exchange.nowMs }
        }
        let times = messages.compactMap { $0["ts"]?.integer }
        let last = try #require(times.last)
        #expect(times.count { $0 == last } > 20)
        #expect(last < Self.startMs + 15_000)
    }

    @Test func `tells of liquidations twice a second at most, and of what they cost the pools`() throws {
        let liquidations = Self.heard(.liquidation("BTCUSDT"), seconds: 300)
        #expect(!liquidations.isEmpty)
        let times = liquidations.compactMap { $0["ts"]?.integer }
        #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 >= 500 })
        let one = try #require(liquidations.first?["data"]?.array?.first)
        #expect(one.members?.map(\.name) == ["T", "s", "S", "v", "p"])
        let pools = Self.heard(.insurance("USDT"), seconds: 300)
        #expect(pools.first?["type"]?.string == "snapshot" && pools.count > 1)
        #expect(pools.dropFirst().allSatisfy { $0["type"]?.string == "delta" })
        let alerts = Self.heard(.adl("USDT"), seconds: 10)
        guard case .number = alerts.first?["data"]?.array?.first?["b"] else {
            Issue.record("adlAlert's b is no JSON number")
            return
        }
    }

    @Test func `tells the price limits without a type`() throws {
        let messages = Self.heard(.priceLimit("BTCUSDT"), seconds: 20)
        let first = try #require(messages.first)
        #expect(first.members?.map(\.name) == ["topic", "data", "ts"])
        #expect(first["data"]?.members?.map(\.name) == ["symbol", "buyLmt", "sellLmt"])
        #expect(messages.count > 5)
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
