import AnalyticsPlane
import Contracts
import EventKernel
import ExecutionPlane
import Foundation
import HistoricalData
import RiskPlane
import StrategyPlane
import Testing

@testable import TradingSystem

@Suite struct `Backtest run` {
    @Test func `gives the same result each time`() throws {
        let run = try Market.run()
        let (one, other) = (try run.run(), try run.run())
        #expect(one.orderCount > 10)
        #expect(one.eventDigest != nil)
        #expect(one.withoutTiming == other.withoutTiming)
    }

    @Test func `gives another digest for other data`() throws {
        let (one, other) = (try Market.run().run(), try Market.run(seed: 8).run())
        #expect(one.decisionDigest != other.decisionDigest)
        #expect(one.eventDigest != other.eventDigest)
    }

    @Test func `decides the same whether all events are digested or not`() throws {
        var run = try Market.run().settings
        run.digestsAllEvents = false
        let data = try Market.data()
        let without = try BacktestRun(settings: run, data: data).run()
        #expect(without.eventDigest == nil)
        #expect(without.decisionDigest == (try Market.run().run()).decisionDigest)
    }

    @Test func `is one of many with the same results, on one worker and on two`() async throws {
        let run = try Market.run()
        let lengths = [3, 5, 8, 13]
        let results = try await [1, 2].asyncMap { workers in
            try await BacktestBatch(workers: workers).map(lengths) { length in
                var settings = run.settings
                settings.features.emaFastBars = length
                return try BacktestRun(settings: settings, data: run.data).run().withoutTiming
            }
        }
        #expect(results[0] == results[1])
        #expect(Set(results[0].map(\.decisionDigest)).count == lengths.count)
    }

    @Test func `splits its profit to the last digit`() throws {
        let result = try Market.run().run()
        let account = try #require(result.account)
        let net = try #require(result.profit.net)
        #expect(net == (try account.equity.subtracting(result.startingEquity)))
        // What is still open is not among the round trips.
        var (price, fees, slippage) = (Money.zero, Money.zero, Money.zero)
        for trip in result.trips {
            price = try price.adding(trip.profit.price)
            fees = try fees.adding(trip.profit.fees)
            slippage = try slippage.adding(trip.profit.slippage)
        }
        let realised = try price.subtracting(slippage)
        #expect(result.tripCount == result.trips.count)
        #expect(agree(realised.approximate, account.realisedProfit.approximate))
        #expect(fees <= account.fees)
        #expect(slippage <= result.profit.slippage)
    }

    @Test func `tells what of its settings gave way to the data`() throws {
        var settings = try Market.run().settings
        settings.venue.liquidity = .book
        settings.features.source = .trades
        settings.risk = RiskLimits()
        let result = try BacktestRun(settings: settings, data: try Market.data()).run()
        #expect(result.notes.contains { $0.contains("orders are filled at candles' opens") })
        #expect(result.notes.contains { $0.contains("features follow the candles of 1 minutes") })
        #expect(result.notes.contains { $0.contains("no quotes") })
        #expect(result.orderCount > 0)
    }

    @Test func `trades no sooner than it is told to, with warm features`() throws {
        var settings = try Market.run().settings
        let from = Market.start + 700 * 60_000
        settings.tradesFrom = from
        let result = try BacktestRun(settings: settings, data: try Market.data()).run()
        #expect(result.orderCount > 0)
        #expect(result.fills.allSatisfy { $0.time >= from })
        #expect(result.rejections.map(\.check) == [.lifecycle])
        // The side it is on is taken at the first bar, not after a second warm-up.
        #expect(result.fills.first.map { $0.time <= from + 2 * 60_000 } ?? false)
    }

    @Test func `counts its events by topic`() throws {
        let result = try Market.run().run()
        let counts = Dictionary(uniqueKeysWithValues: result.topics.map { ($0.topic, $0.count) })
        #expect(counts[.marketKline] == 2 * Market.barCount)
        #expect(counts[.strategyIntent] == counts[.riskApprovedIntent])
        #expect((counts[.execOrderEvent] ?? 0) > result.orderCount)
        #expect(result.rootCount == 2 * Market.barCount)
    }

    @Test func `needs bars of some kind`() throws {
        let file = try ScratchFile(
            "linear_BTCUSDT_funding.csv",
            "funding_time_ms,funding_rate\n1,0.1\n2,0.1\n"
        )
        let run = BacktestRun(settings: BacktestSettings(), data: try DataSet(reading: [file.path]))
        #expect(throws: BacktestError.noBars) { try run.run() }
    }
}

extension BacktestResult {
    var withoutTiming: BacktestResult {
        var result = self
        result.timing = Timing()
        return result
    }
}

extension [Int] {
    fileprivate func asyncMap<Output>(_ body: (Int) async throws -> Output) async throws -> [Output] {
        var outputs: [Output] = []
        for element in self { outputs.append(try await body(element)) }
        return outputs
    }
}

/// A market of our own making: a walk that a seed repeats.
enum Market {
    static let barCount = 1_500
    static let start: UnixMilliseconds = 1_700_000_040_000

    static func data(seed: UInt64 = 7) throws -> DataSet {
        var generator = SeededGenerator(seed: seed)
        var (starts, prices, volumes) = (
            ContiguousArray<Int64>(), ContiguousArray<Int64>(), ContiguousArray<Int64>()
        )
        var price: Int64 = 600_000
        for index in 0..<barCount {
            let open = price
            var (high, low) = (open, open)
            for _ in 0..<4 {
                price += Int64(generator.next() % 201) - 100
                (high, low) = (max(high, price), min(low, price))
            }
            starts.append(start + Int64(index) * 60_000)
            prices.append(contentsOf: [open, high, low, price])
            volumes.append(Int64(generator.next() % 1_000) + 1)
        }
        let candles = CandleColumns(
            instrument: .btc,
            minutes: 1,
            starts: starts,
            prices: DecimalColumn(units: prices, scale: 1),
            volumes: DecimalColumn(units: volumes, scale: 3)
        )
        return try DataSet(parts: [.candles(candles)])
    }

    static func run(seed: UInt64 = 7) throws -> BacktestRun {
        var settings = BacktestSettings()
        settings.features = FeatureSettings(source: .klines(minutes: 1), emaFastBars: 5, emaSlowBars: 20)
        settings.features.features = FeatureMask([.emaFast, .emaSlow, .atr])
        settings.strategy.emaCross = EMACrossSettings(
            options: StrategyOptions(
                id: StrategyID("ema-cross"),
                sizing: .notional(5_000),
                slippageMax: Ratio(units: 1, scale: 1)
            ),
            mode: .always
        )
        settings.risk = .widest
        settings.venue = PaperVenueSettings(liquidity: .candles(slippage: Ratio(units: 1, scale: 4)))
        settings.quantityStep = Quantity(units: 1, scale: 3)
        return BacktestRun(settings: settings, data: try data(seed: seed), seed: 3)
    }
}
