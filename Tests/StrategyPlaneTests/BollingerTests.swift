import Contracts
import EventKernel
import StrategyPlane
import TestKit
import Testing

@Suite struct `The Bollinger mean reversion` {
    private static func plane(
        in trend: MarketContext.Trend? = .range,
        _ change: (inout BollingerSettings) -> Void = { _ in }
    ) -> PlaneHarness {
        var settings = BollingerSettings()
        change(&settings)
        let plane = PlaneHarness.strategies(StrategySettings(bollinger: settings))
        if let trend { plane.tell(MarketContext.fixture(trend: trend)) }
        plane.tell(InstrumentSpec.fixture())
        return plane
    }

    /// A bar with bands at 90, 100 and 110.
    private static func bar(_ close: Price, high: Price? = nil, low: Price? = nil) -> FeatureSet {
        .fixture(
            close: close,
            high: high,
            low: low,
            others: [.bollingerUpper: 110, .bollingerMiddle: 100, .bollingerLower: 90]
        )
    }

    private static func targets(_ plane: PlaneHarness, _ closes: [Price]) -> [Money] {
        for close in closes {
            plane.tell(bar(close))
            plane.approve()
        }
        return plane.intents.map(\.target)
    }

    @Test(
        arguments: [
            (closes: [89], targets: [500]), (closes: [111], targets: [-500]),
            (closes: [90, 110], targets: []),
            (closes: [89, 99, 100], targets: [500, 0]), (closes: [111, 101, 100], targets: [-500, 0]),
            (closes: [89, 88, 87], targets: [500]), (closes: [89, 111], targets: [500, 0]),
        ] as [(closes: [Price], targets: [Money])]
    )
    func `goes against a close beyond a band, and leaves at the middle`(closes: [Price], targets: [Money]) {
        #expect(Self.targets(Self.plane(), closes) == targets)
    }

    @Test(arguments: [MarketContext.Trend.up, nil])
    func `enters only while the market ranges`(trend: MarketContext.Trend?) {
        #expect(Self.targets(Self.plane(in: trend), [89]).isEmpty)
    }

    @Test func `sells nothing where it may not be short`() {
        #expect(Self.targets(Self.plane { $0.allowShort = false }, [111, 89]) == [500])
    }

    @Test(
        arguments: [
            (entry: 89, stop: 85, bar: bar(87, low: 85)), (entry: 111, stop: 115, bar: bar(113, high: 115)),
        ] as [(entry: Price, stop: Price, bar: FeatureSet)]
    )
    func `names a stop in ranges, and leaves where a bar reaches it`(
        entry: Price,
        stop: Price,
        bar: FeatureSet
    ) {
        let plane = Self.plane()
        _ = Self.targets(plane, [entry])
        #expect(plane.intents.map(\.stop) == [stop])
        plane.tell(bar)
        #expect(plane.intents.last?.target == 0)
        #expect(plane.intents.last?.reason == "stop reached")
    }
}
