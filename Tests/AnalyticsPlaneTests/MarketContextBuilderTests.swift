import AnalyticsPlane
import Contracts
import EventKernel
import TestKit
import Testing

@Suite struct `Market context builder` {
    let plane = PlaneHarness { kernel in
        var settings = ContextSettings(
            trendBegins: 0.6,
            trendEnds: 0.3,
            volatilityHigh: 1.5,
            volatilityLow: 0.6,
            volatilityMeanBars: 4
        )
        settings.dwellBars = 1
        _ = MarketContextBuilder(settings: settings, kernel: kernel)
    }
    var contexts: [MarketContext] { plane.published(MarketContext.self) }

    @Test func `says nothing before the features are warm`() {
        plane.tell(FeatureSet.fixture(bar: 1, distance: 100, isWarm: false))
        #expect(contexts.isEmpty)
    }

    @Test func `speaks once, and again only when the regime is another one`() {
        for bar in 1...5 as ClosedRange<Int64> { plane.tell(FeatureSet.fixture(bar: bar, distance: 1)) }
        #expect(contexts.map(\.trend) == [.range])
        plane.tell(FeatureSet.fixture(bar: 6, distance: 8))
        plane.tell(FeatureSet.fixture(bar: 7, distance: 9))
        #expect(contexts.map(\.trend) == [.range, .up])
        #expect(contexts.last?.since == startOfBar + 6 * 60_000)
    }

    @Test(arguments: [
        // distances in a tenth of an ATR, trend after the last one
        (distances: [7], trend: MarketContext.Trend.up), (distances: [-7], trend: .down),
        (distances: [5], trend: .range),
        (distances: [7, 5, 4], trend: .up), (distances: [7, 2], trend: .range),
        (distances: [7, -4], trend: .range),
        (distances: [7, -7], trend: .down), (distances: [7, 2, 5], trend: .range),
    ])
    func `holds on to a trend until it is clearly over`(distances: [Double], trend: MarketContext.Trend) {
        for (index, distance) in distances.enumerated() {
            plane.tell(FeatureSet.fixture(bar: Int64(index), distance: distance))
        }
        #expect(contexts.last?.trend == trend)
    }

    @Test func `measures volatility by its own long-run mean`() {
        for bar in 1...4 as ClosedRange<Int64> {
            plane.tell(FeatureSet.fixture(bar: bar, distance: 0, volatility: 0.01))
        }
        plane.tell(FeatureSet.fixture(bar: 5, distance: 0, volatility: 0.03))
        plane.tell(FeatureSet.fixture(bar: 6, distance: 0, volatility: 0.001))
        #expect(contexts.map(\.volatility) == [.normal, .high, .low])
    }

    @Test(arguments: [
        (spread: 0.0001, liquidity: MarketContext.Level.high), (spread: 0.0005, liquidity: .normal),
        (spread: 0.002, liquidity: .low),
    ])
    func `calls a tight spread liquid`(spread: Double, liquidity: MarketContext.Level) {
        plane.tell(FeatureSet.fixture(bar: 1, distance: 0, spread: spread))
        #expect(contexts.last?.liquidity == liquidity)
    }

    @Test func `finds no trend without any range`() {
        plane.tell(FeatureSet.fixture(bar: 1, distance: 5, atr: 0))
        #expect(contexts.map(\.trend) == [.range])
        #expect(contexts.map(\.confidence) == [0])
    }
}
