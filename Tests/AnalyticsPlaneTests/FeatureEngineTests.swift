import AnalyticsPlane
import Contracts
import TestKit
import Testing

@Suite struct `Feature engine` {
    let plane = featurePlane(.short())
    var features: [FeatureSet] { plane.published(FeatureSet.self) }

    @Test func `closes a bar when a trade of a later one arrives`() {
        // Given
        for (time, price) in [(0, 100), (20_000, 105), (40_000, 95), (59_999, 101)] as [(Int64, Price)] {
            plane.tell(TradeEvent.fixture(at: time, price: price))
        }
        #expect(features.isEmpty)
        // When
        plane.tell(TradeEvent.fixture(at: 60_000, price: 102))
        // Then
        #expect(features.map(\.close) == [101])
        #expect(features.map(\.high) == [105])
        #expect(features.map(\.low) == [95])
        #expect(features.map(\.barEnd) == [startOfBar + 60_000])
    }

    @Test func `closes an overdue bar by timer once the exchange's time has passed its end`() {
        plane.tell(TradeEvent.fixture(at: 10_000, price: 100))
        plane.advance(milliseconds: 600_000)
        #expect(features.isEmpty, "our own clock ends no bar")
        plane.tell(TickerEvent.fixture(at: 60_000))
        #expect(features.isEmpty, "trades may still be on their way")
        plane.tell(TradeEvent.fixture(at: 59_000, price: 99))
        plane.advance(milliseconds: 250)
        #expect(features.map(\.close) == [99])
    }

    @Test func `has no bars where nothing was traded`() {
        plane.tell(TradeEvent.fixture(at: 0, price: 100))
        plane.tell(TradeEvent.fixture(at: 600_000, price: 101))
        plane.tell(TradeEvent.fixture(at: 660_000, price: 102))
        #expect(features.map(\.barEnd) == [startOfBar + 60_000, startOfBar + 660_000])
    }

    @Test func `merges a trade from the past into the open bar`() {
        plane.tell(TradeEvent.fixture(at: 0, price: 100))
        plane.tell(TradeEvent.fixture(at: 60_000, price: 101))
        plane.tell(TradeEvent.fixture(at: 30_000, price: 90))
        plane.tell(TradeEvent.fixture(at: 120_000, price: 102))
        #expect(features.map(\.low) == [100, 90])
        #expect(features.map(\.barEnd) == [startOfBar + 60_000, startOfBar + 120_000])
    }

    @Test func `opens the next bar for a trade whose own bar a timer has closed`() {
        plane.tell(TradeEvent.fixture(at: 0, price: 100))
        plane.tell(TickerEvent.fixture(at: 60_100))
        plane.advance(milliseconds: 250)
        plane.tell(TradeEvent.fixture(at: 59_000, price: 98))
        plane.tell(TradeEvent.fixture(at: 120_000, price: 99))
        #expect(features.map(\.barEnd) == [startOfBar + 60_000, startOfBar + 120_000])
        #expect(features.map(\.low) == [100, 98])
    }

    @Test func `leaves block trades out`() {
        plane.tell(TradeEvent.fixture(at: 0, price: 100))
        plane.tell(TradeEvent.fixture(at: 1_000, price: 50, isBlockTrade: true))
        plane.tell(TradeEvent.fixture(at: 60_000, price: 100))
        #expect(features.map(\.low) == [100])
    }

    @Test func `computes what is enabled and nothing else`() throws {
        var settings = FeatureSettings.short()
        settings.features = FeatureMask([.emaFast, .volume])
        let plane = featurePlane(settings)
        for bar in 0..<4 as Range<Int64> {
            plane.tell(TradeEvent.fixture(at: bar * 60_000, price: 100, quantity: 2))
        }
        let features = plane.published(FeatureSet.self)
        #expect(features.map(\.known) == [FeatureMask([.volume])] + [settings.features, settings.features])
        #expect(features.map(\.isWarm) == [false, true, true])
        #expect(features.map { $0.value(of: .volume) } == [2, 2, 2])
        #expect(features.map { $0.value(of: .emaSlow) } == [nil, nil, nil])
    }

    @Test func `may seed its averages with the first close`() {
        var settings = FeatureSettings.short()
        settings.features = FeatureMask([.emaFast])
        settings.emaFastBars = 3
        settings.emaSeed = .firstClose
        let plane = featurePlane(settings)
        for (bar, price) in ([8, 4, 4, 8, 1] as [Int64]).enumerated() {
            plane.tell(TradeEvent.fixture(at: Int64(bar) * 60_000, price: Price(integerLiteral: price)))
        }
        let averages = plane.published(FeatureSet.self).map { $0.value(of: .emaFast) }
        #expect(averages == [nil, nil, 5, 6.5])
    }

    @Test func `is warm when the slowest indicator has seen enough bars`() {
        for bar in 0..<6 as Range<Int64> {
            plane.tell(TradeEvent.fixture(at: bar * 60_000, price: Price(units: 100 + bar, scale: 0)))
        }
        #expect(features.map(\.isWarm) == [false, false, true, true, true])
        #expect(features.allSatisfy { $0.figures.allSatisfy(\.isFinite) })
    }

    @Test func `reads spread and imbalance off the book`() throws {
        plane.tell(OrderBookDelta.fixture(bids: [(99, 1), (98, 2)], asks: [(101, 4), (102, 5)]))
        plane.tell(TradeEvent.fixture(at: 0, price: 100))
        plane.tell(TradeEvent.fixture(at: 60_000, price: 100))
        let bar = try #require(features.first)
        #expect(bar[.spread] == 0.02)
        #expect(bar[.imbalance] == -0.5)
    }

    @Test func `keeps the last good spread while the book is crossed`() throws {
        plane.tell(OrderBookDelta.fixture(bids: [(99, 1)], asks: [(101, 1)]))
        plane.tell(TradeEvent.fixture(at: 0, price: 100))
        plane.tell(TradeEvent.fixture(at: 60_000, price: 100))
        plane.tell(OrderBookDelta.fixture(bids: [(102, 1)], asks: [(101, 1)]))
        plane.tell(TradeEvent.fixture(at: 120_000, price: 100))
        #expect(features.map { $0[.spread] } == [0.02, 0.02])
    }

    @Test func `weighs who took by each bar's own trades`() {
        plane.tell(TradeEvent.fixture(at: 0, price: 100, side: .buy, quantity: 3))
        plane.tell(TradeEvent.fixture(at: 1_000, price: 100, side: .sell, quantity: 1))
        plane.tell(TradeEvent.fixture(at: 60_000, price: 100, side: .sell, quantity: 7))
        plane.tell(TradeEvent.fixture(at: 120_000, price: 100))
        #expect(features.map { $0[.tradeFlow] } == [0.5, -1])
    }

    @Test func `takes an instrument with an impossible price out and goes on with the others`() {
        plane.tell(TradeEvent.fixture(at: 0, price: 0))
        plane.tell(TradeEvent.fixture(at: 1_000, price: 100))
        plane.tell(TradeEvent.fixture(at: 60_000, price: 100))
        plane.tell(TradeEvent.fixture(of: ether, at: 0, price: 100))
        plane.tell(TradeEvent.fixture(of: ether, at: 60_000, price: 100))
        #expect(plane.published(ErrorEvent.self).map(\.code) == ["features.unusable"])
        #expect(plane.published(ErrorEvent.self).map(\.module) == [.featureEngine])
        #expect(features.map(\.instrument) == [ether])
    }

    @Test func `takes confirmed candles once where they are the source`() {
        let plane = featurePlane(FeatureSettings(source: .klines(minutes: 5)))
        plane.tell(TradeEvent.fixture(at: 0, price: 100))
        plane.tell(KlineEvent.fixture(minutes: 1, bar: 0, open: 1, high: 2, low: 1, close: 2))
        plane.tell(
            KlineEvent.fixture(minutes: 5, bar: 0, open: 1, high: 2, low: 1, close: 2, isConfirmed: false)
        )
        plane.tell(KlineEvent.fixture(minutes: 5, bar: 0, open: 1, high: 3, low: 1, close: 3))
        plane.tell(KlineEvent.fixture(minutes: 5, bar: 0, open: 1, high: 3, low: 1, close: 3))
        plane.tell(TradeEvent.fixture(at: 900_000, price: 100))
        #expect(plane.published(FeatureSet.self).map(\.close) == [3])
        #expect(plane.published(FeatureSet.self).map(\.barSeconds) == [300])
    }
}
