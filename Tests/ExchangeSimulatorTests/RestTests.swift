import NIOCore
import Testing

@testable import ExchangeSimulator

@Suite struct `Market REST` {
    private static let startMs: Int64 = 1_786_540_000_000

    /// An exchange that has run for some market time, with one listener where asked.
    private static func exchange(
        names: [String] = ["BTCUSDT", "ETHUSDT", "inverse:BTCUSD", "option:BTC"],
        seconds: Int64 = 20,
        rate: Double = 20
    ) throws -> Exchange {
        let exchange = Exchange(nowMs: startMs, candleGraceMs: 0, desk: SubscriptionDesk())
        let listings = try Listing.list(names, startMs: startMs)
        var market = GeneratedMarket(seed: 3, listings: listings, rate: rate, startMs: startMs)
        while let timed = market.next(), timed.dueNs < (startMs + seconds * 1000) * 1_000_000 {
            exchange.apply(timed.happening)
        }
        return exchange
    }

    private static func get(_ exchange: Exchange, _ uri: String) throws -> JSONValue {
        let answer = MarketRest(exchange: exchange).answer(isGet: true, uri: uri)
        return try JSONReader.read(Array(answer.body.readableBytesView))
    }

    @Test func `has the exchange's envelope`() throws {
        let answer = try Self.get(try Self.exchange(names: ["BTCUSDT"], seconds: 1), "/v5/market/time")
        #expect(answer.members?.map(\.name) == ["retCode", "retMsg", "result", "retExtInfo", "time"])
        #expect(answer["retCode"] == .number("0") && answer["retMsg"]?.string == "OK")
        #expect(
            answer["result"]?["timeSecond"]?.string != nil && answer["result"]?["timeNano"]?.string != nil
        )
    }

    @Test func `answers every call`() throws {
        let calls = [
            "time", "instruments-info?category=spot", "instruments-info?category=option&baseCoin=BTC",
            "tickers?category=linear", "tickers?category=option&baseCoin=BTC",
            "tickers?category=spot&symbol=BTCUSDT",
            "kline?category=spot&symbol=BTCUSDT&interval=W",
            "mark-price-kline?category=linear&symbol=BTCUSDT&interval=5",
            "index-price-kline?category=inverse&symbol=BTCUSD&interval=60",
            "premium-index-price-kline?category=linear&symbol=ETHUSDT&interval=1",
            "orderbook?category=inverse&symbol=BTCUSD", "recent-trade?category=option&baseCoin=BTC",
            "funding/history?category=linear&symbol=BTCUSDT&limit=5",
            "open-interest?category=linear&symbol=BTCUSDT&intervalTime=5min", "insurance?coin=USDT",
            "adlAlert",
            "account-ratio?category=linear&symbol=BTCUSDT&period=1h", "risk-limit?category=inverse",
            "price-limit?symbol=BTCUSDT", "order-price-limit?category=spot&symbol=BTCUSDT",
            "historical-volatility?category=option&baseCoin=BTC&period=30",
            "delivery-price?category=option&baseCoin=BTC",
        ]
        let exchange = try Self.exchange()
        for call in calls {
            let answer = try Self.get(exchange, "/v5/market/" + call)
            #expect(answer["retCode"] == .number("0"), "\(call): \(answer["retMsg"]?.string ?? "")")
            if let list = answer["result"]?["list"]?.array ?? answer["result"]?.array {
                #expect(!list.isEmpty, "\(call)")
            }
        }
    }

    @Test func `refuses bad parameters with 10001`() throws {
        let calls = [
            "tickers", "tickers?category=moon", "tickers?category=option",
            "orderbook?category=linear&symbol=NOSUCH",
            "orderbook?category=option&symbol=BTCUSDT", "kline?symbol=BTCUSDT&interval=7",
            "kline?symbol=BTCUSDT&interval=1&limit=1001", "funding/history?category=spot&symbol=BTCUSDT",
            "funding/history?category=linear&symbol=BTCUSDT&startTime=1",
            "open-interest?category=linear&symbol=BTCUSDT&intervalTime=2h",
            "historical-volatility?category=option&period=8",
            "recent-trade?category=spot&symbol=BTCUSDT&limit=61",
        ]
        let exchange = try Self.exchange(seconds: 1)
        for call in calls {
            let answer = try Self.get(exchange, "/v5/market/" + call)
            #expect(answer["retCode"] == .number("10001"), "\(call)")
            #expect(answer["result"] == .object([]), "\(call)")
        }
    }

    @Test func `pages open interest newest first without a hole`() throws {
        let exchange = try Self.exchange(names: ["BTCUSDT"])
        var times: [Int64] = []
        var cursor = ""
        repeat {
            let call =
                "open-interest?category=linear&symbol=BTCUSDT&intervalTime=5min&limit=200&cursor=" + cursor
            let result = try #require(try Self.get(exchange, "/v5/market/" + call)["result"])
            times += (result["list"]?.array ?? []).compactMap { $0["timestamp"]?.integer }
            cursor = try #require(result["nextPageCursor"]?.string)
        } while !cursor.isEmpty
        #expect(times.count > 2000)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 - $1 == 300_000 })
    }

    @Test func `keeps the settlements of funding as they happen`() throws {
        let exchange = try Self.exchange(names: ["linear:BTCUSDT"], seconds: 10 * 3600, rate: 0.05)
        let call = "/v5/market/funding/history?category=linear&symbol=BTCUSDT&limit=200"
        let list = try #require(try Self.get(exchange, call)["result"]?["list"]?.array)
        let times = list.compactMap { $0["fundingRateTimestamp"]?.integer }
        #expect(times.count > 100)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 - $1 == 28_800_000 })
        #expect(times.first.map { $0 > Self.startMs } == true)
    }

    @Test func `shows the book of the deepest topic under its update id`() throws {
        let exchange = try Self.exchange(names: ["BTCUSDT"])
        let keeper = Keeper()
        exchange.subscribe(keeper, to: Subscription(.book(depth: 1000, "BTCUSDT"), category: .linear))
        let call = "/v5/market/orderbook?category=linear&symbol=BTCUSDT&limit=1000"
        let told = try #require(keeper.last?["data"])
        let asked = try #require(try Self.get(exchange, call)["result"])
        for name in ["u", "seq", "b", "a"] { #expect(asked[name] == told[name]) }
    }

    @Test func `shows the trades and the candle that the stream told`() throws {
        let exchange = try Self.exchange(names: ["BTCUSDT"])
        let market = try #require(exchange.market("BTCUSDT", in: .linear))
        let trades = try #require(
            try Self.get(exchange, "/v5/market/recent-trade?category=linear&symbol=BTCUSDT&limit=1000")[
                "result"
            ]?[
                "list"
            ]?.array
        )
        #expect(trades.compactMap { $0["execId"]?.string } == market.recentTrades.reversed().map(\.id))
        let rows = try #require(
            try Self.get(exchange, "/v5/market/kline?symbol=BTCUSDT&interval=1&limit=3")["result"]?["list"]?
                .array
        )
        #expect(rows.count == 3 && rows.allSatisfy { $0.array?.count == 7 })
        #expect(rows.first?.array?.first?.integer == market.series[0].current?.startMs)
    }

    @Test func `bans an address that asks too often`() {
        var limiter = RestLimiter()
        let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
        let first = (0..<600).map { _ in limiter.admits(at: start) }
        let later = [.zero, .minutes(9), .minutes(10)].map { limiter.admits(at: start + $0) }
        #expect(!first.contains(false))
        #expect(later == [false, false, true])
    }
}

/// Keeps the last message it was told.
private final class Keeper: Subscriber {
    private(set) var last: JSONValue?

    func deliver(_ message: ByteBuffer) {
        last = try? JSONReader.read(Array(message.readableBytesView))
    }
}
