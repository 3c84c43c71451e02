import AnalyticsPlane
import Contracts
import TestKit
import Testing

@Suite struct `Backfilled data` {
    private static func plane(_ source: BarSource) -> PlaneHarness { featurePlane(.short(source: source)) }

    private func candle(_ bar: Int64, _ close: Price, isBackfill: Bool) -> KlineEvent {
        .fixture(bar: bar, open: close, high: close, low: close, close: close, isBackfill: isBackfill)
    }

    @Test func `of candles warms the features up without being spoken of`() {
        let plane = Self.plane(.klines(minutes: 1))
        for bar in 0..<6 as Range<Int64> {
            plane.tell(candle(bar, Price(integerLiteral: 100 + bar), isBackfill: true))
        }
        #expect(plane.published(FeatureSet.self).isEmpty)
        plane.tell(candle(6, 110, isBackfill: false))
        let features = plane.published(FeatureSet.self)
        #expect(features.map(\.isWarm) == [true])
        #expect(features.map(\.close) == [110])
    }

    @Test func `counts a candle once, whichever way it comes`() {
        let (once, twice) = (Self.plane(.klines(minutes: 1)), Self.plane(.klines(minutes: 1)))
        for bar in 0..<4 as Range<Int64> {
            once.tell(candle(bar, Price(integerLiteral: 100 + bar), isBackfill: true))
            twice.tell(candle(bar, Price(integerLiteral: 100 + bar), isBackfill: true))
            twice.tell(candle(bar, Price(integerLiteral: 100 + bar), isBackfill: false))
        }
        once.tell(candle(4, 105, isBackfill: false))
        twice.tell(candle(4, 105, isBackfill: false))
        #expect(twice.published(FeatureSet.self).count == 1)
        #expect(
            once.published(FeatureSet.self).map(\.figures) == twice.published(FeatureSet.self).map(\.figures)
        )
    }

    @Test func `of trades makes bars of the past that nobody acts on`() {
        let plane = Self.plane(.trades)
        for bar in 0..<5 as Range<Int64> {
            plane.tell(TradeEvent.fixture(at: bar * 60_000, price: 100, isBackfill: true))
        }
        #expect(plane.published(FeatureSet.self).isEmpty)
        plane.tell(TradeEvent.fixture(at: 5 * 60_000 - 1, price: 101))
        plane.tell(TradeEvent.fixture(at: 5 * 60_000, price: 102))
        #expect(plane.published(FeatureSet.self).map(\.close) == [101])
        #expect(plane.published(FeatureSet.self).map(\.isWarm) == [true])
    }

    @Test func `of trades that come late leaves the open bar as it is`() {
        let plane = Self.plane(.trades)
        plane.tell(TradeEvent.fixture(at: 60_000, price: 100))
        plane.tell(TradeEvent.fixture(at: 30_000, price: 90, isBackfill: true))
        plane.tell(TradeEvent.fixture(at: 120_000, price: 102))
        #expect(plane.published(FeatureSet.self).map(\.low) == [100])
    }
}
