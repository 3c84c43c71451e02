import BybitProtocol
import Contracts
import Testing

@testable import MarketPlane

@Suite struct `Connection plan` {
    private func plan(topicsMax: Int = 400) -> ConnectionPlan {
        var settings = MarketSettings()
        settings.connectionTopicsMax = topicsMax
        return ConnectionPlan(settings: settings)
    }

    private func names(_ count: Int, _ category: String = "linear") -> [Instrument] {
        (0..<count).map { .fixture("\(category):SYM\(1_000 + $0)USDT") }
    }

    @Test func `keeps an instrument's topics together and opens what more topics need`() {
        var plan = plan(topicsMax: 10)
        let instruments = names(7)
        let (shares, refusals) = plan.place(instruments, streams: [.ticker, .trades, .orderBook(depth: 50)])
        #expect(refusals.isEmpty)
        #expect(
            shares.map(\.connection.id) == [
                "bybit-public-linear", "bybit-public-linear-2", "bybit-public-linear-3",
            ]
        )
        #expect(shares.map(\.topics.count) == [9, 9, 3])
        #expect(plan.instruments(on: "bybit-public-linear-2") == Set(instruments[3..<6]))
        #expect(plan.instruments(on: "another") == nil)
    }

    @Test func `gives a new stream to the connection that an instrument has`() {
        var plan = plan(topicsMax: 4)
        _ = plan.place(names(3), streams: [.ticker])
        let (shares, _) = plan.place([names(3)[0]], streams: [.ticker, .trades])
        #expect(shares.map(\.connection.id) == ["bybit-public-linear"])
        #expect(shares.flatMap(\.topics).map(\.description) == ["publicTrade.SYM1000USDT"])
        #expect(plan.place(names(3), streams: [.ticker]).shares.isEmpty)
    }

    @Test func `splits what is too much for any one connection`() {
        var plan = plan(topicsMax: 2)
        let one = names(1)
        let (shares, _) = plan.place(
            one,
            streams: [.ticker, .trades, .orderBook(depth: 50), .kline(minutes: 1)]
        )
        #expect(shares.map(\.topics.count) == [2, 2])
        for share in shares { #expect(plan.instruments(on: share.connection.id) == Set(one)) }
    }

    @Test func `stays within the characters that a connection may name`() {
        var plan = plan(topicsMax: 2_000)
        let (shares, _) = plan.place(names(1_500), streams: [.ticker])
        #expect(shares.count == 2)
        for share in shares {
            #expect(share.topics.reduce(0) { $0 + RequestLimits.cost(of: $1) } <= RequestLimits.charactersMax)
        }
        #expect(shares.flatMap(\.topics).count == 1_500)
    }

    @Test func `gives the same plan for the same wishes`() {
        var (one, other) = (plan(topicsMax: 7), plan(topicsMax: 7))
        let instruments = names(20) + names(5, "spot")
        let streams: [MarketStream] = [.ticker, .trades]
        #expect(
            one.place(instruments, streams: streams).shares
                == other.place(instruments.reversed(), streams: streams).shares
        )
    }

    @Test func `names an option's trades by its coin and groups by what they settle in`() {
        var plan = plan()
        let instruments = [
            "option:BTC-13FEB26-89000-P-USDT", "option:BTC-13FEB26-90000-P-USDT", "linear:BTCUSDT",
            "linear:BTCUSDT-21FEB25", "linear:BTCPERP", "inverse:BTCUSD",
        ].map { Instrument.fixture($0) }
        let options = plan.place(Array(instruments[..<2]), streams: [.trades, .orderBook(depth: 25)])
        #expect(
            options.shares.flatMap(\.topics).map(\.description) == [
                "orderbook.25.BTC-13FEB26-89000-P-USDT", "orderbook.25.BTC-13FEB26-90000-P-USDT",
                "publicTrade.BTC",
            ]
        )
        let rest = plan.place(Array(instruments[2...]), streams: [.insurance, .adlAlert, .systemStatus])
        #expect(
            rest.shares.map {
                "\($0.connection.path): \($0.topics.map(\.description).joined(separator: " "))"
            }
                == [
                    "inverse: adlAlert.inverse insurance.inverse",
                    "linear: adlAlert.USDC adlAlert.USDT insurance.USDC insurance.USDT",
                    "misc/status: system.status",
                ]
        )
        #expect(plan.instruments(on: "bybit-public-inverse")?.isEmpty == true)
    }

    @Test func `refuses what a category does not have, in words`() {
        var plan = plan()
        let (shares, refusals) = plan.place([.fixture("spot:BTCUSDT")], streams: [.liquidations, .ticker])
        #expect(shares.flatMap(\.topics).map(\.description) == ["tickers.BTCUSDT"])
        #expect(refusals.map(\.why) == ["spot has no allLiquidation: only linear and inverse have"])
    }

    @Test(arguments: [
        ("option", "orderbook.25", true), ("option", "orderbook.50", false), ("option", "kline.1", false),
        ("linear", "orderbook.1000", true), ("linear", "orderbook.500", false), ("spot", "priceLimit", true),
        ("spot", "insurance", false), ("inverse", "kline.M", true), ("linear", "kline.2", false),
        ("option", "publicTrade", true), ("spot", "system.status", true),
    ]) func `knows what each category has`(category: String, stream: String, isServed: Bool) throws {
        let category = Instrument.fixture("\(category):ANY").category
        let stream = try #require(MarketStream(stream))
        #expect((StreamCatalogue.refusal(of: stream, in: category) == nil) == isServed)
    }
}
