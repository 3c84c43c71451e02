import Contracts
import EventKernel
import StrategyPlane
import TestKit
import Testing

@Suite struct `The EMA cross strategy` {
    static func plane(_ change: (inout EMACrossSettings) -> Void = { _ in }) -> PlaneHarness {
        var cross = EMACrossSettings()
        change(&cross)
        return .strategies(StrategySettings(emaCross: cross))
    }

    @Test func `wants to be long after a cross upwards and short after one downwards`() {
        let plane = Self.plane()
        for distance in [-1.0, -2, 1, 2, -1] {
            plane.tell(FeatureSet.fixture(distance: distance))
            plane.approve()
        }
        #expect(plane.intents.map(\.target) == [500, -500])
        #expect(plane.intents.map(\.strategy) == [emaCross, emaCross])
    }

    @Test func `only closes on a cross downwards where it may not sell short`() {
        let plane = Self.plane { $0.allowShort = false }
        for distance in [-1.0, 1, -1] {
            plane.tell(FeatureSet.fixture(distance: distance))
            plane.approve()
        }
        #expect(plane.intents.map(\.target) == [500, 0])
    }

    @Test(arguments: [
        (distances: [1.0, 2], why: "no cross"), (distances: [-1, 0, -1], why: "only a touch"),
    ])
    func `stays as it is without a cross`(distances: [Double], why: String) {
        let plane = Self.plane()
        for distance in distances { plane.tell(FeatureSet.fixture(distance: distance)) }
        #expect(plane.intents.isEmpty, "\(why)")
    }

    @Test func `decides nothing before the features are warm`() {
        let plane = Self.plane()
        plane.tell(FeatureSet.fixture(distance: -1, isWarm: false))
        plane.tell(FeatureSet.fixture(distance: 1, isWarm: false))
        plane.tell(FeatureSet.fixture(distance: 1))
        #expect(plane.intents.isEmpty)
    }

    @Test(arguments: [
        (trend: MarketContext.Trend.up, targets: [500] as [Money]), (trend: .range, targets: []),
    ])
    func `enters only in the regimes it was given`(trend: MarketContext.Trend, targets: [Money]) {
        let plane = Self.plane { $0.trends = [.up] }
        plane.tell(MarketContext.fixture(trend: trend))
        for distance in [-1.0, 1] { plane.tell(FeatureSet.fixture(distance: distance)) }
        #expect(plane.intents.map(\.target) == targets)
    }

    @Test func `enters nowhere while a regime it was given is not known`() {
        let plane = Self.plane { $0.trends = [.up] }
        for distance in [-1.0, 1] { plane.tell(FeatureSet.fixture(distance: distance)) }
        #expect(plane.intents.isEmpty)
    }

    @Test func `makes up for a cross that was missed while the position was held over a restart`() {
        let plane = Self.plane { $0.allowShort = false }
        plane.tell(PositionUpdate.fixture(quantity: 5))
        plane.tell(FeatureSet.fixture(distance: -1))
        #expect(plane.intents.map(\.target) == [0])
    }

    @Test func `keeps a position that the averages still support over a restart`() {
        let plane = Self.plane()
        plane.tell(PositionUpdate.fixture(quantity: 5))
        plane.tell(FeatureSet.fixture(distance: 1))
        #expect(plane.intents.isEmpty)
    }

    @Test func `keeps instruments apart`() {
        let plane = Self.plane { $0.options.instruments = [bitcoin] }
        for distance in [-1.0, 1] {
            plane.tell(FeatureSet.fixture(of: ether, distance: distance))
            plane.tell(FeatureSet.fixture(of: bitcoin, distance: distance))
        }
        #expect(plane.intents.map(\.instrument) == [bitcoin])
    }

    @Test func `takes a side from the first bar on where it is told to be in always`() {
        let plane = Self.plane { $0.mode = .always }
        for distance in [1.0, 2, 0, -1, 0, 1] {
            plane.tell(FeatureSet.fixture(distance: distance))
            plane.approve()
        }
        #expect(plane.intents.map(\.target) == [500, -500, 500])
    }

    @Test func `is flat below where it is in always and may not sell short`() {
        let plane = Self.plane {
            $0.mode = .always
            $0.allowShort = false
        }
        for distance in [-1.0, 1, -1] {
            plane.tell(FeatureSet.fixture(distance: distance))
            plane.approve()
        }
        #expect(plane.intents.map(\.target) == [500, 0])
    }

    @Test func `enters later where it is in always and a regime kept it out`() {
        let plane = Self.plane {
            $0.mode = .always
            $0.trends = [.up]
        }
        plane.tell(FeatureSet.fixture(distance: 1))
        #expect(plane.intents.isEmpty)
        plane.tell(MarketContext.fixture(trend: .up))
        plane.tell(FeatureSet.fixture(distance: 1))
        #expect(plane.intents.map(\.target) == [500])
    }

    @Test func `decides nothing on averages that are not computed`() {
        let plane = Self.plane { $0.mode = .always }
        plane.tell(FeatureSet.fixture(distance: 1, known: FeatureMask()))
        #expect(plane.intents.isEmpty)
    }
}
