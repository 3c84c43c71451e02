import Contracts
import EventKernel
import StrategyPlane
import TestKit
import Testing

@Suite struct `The Donchian breakout` {
    private static func plane(_ change: (inout DonchianSettings) -> Void = { _ in }) -> PlaneHarness {
        var settings = DonchianSettings()
        change(&settings)
        return .strategies(StrategySettings(donchian: settings))
    }

    /// A bar that closes at `close`; the channel from 90 to 110 is the one it leaves behind.
    private static func bar(_ close: Price, high: Price? = nil, low: Price? = nil) -> FeatureSet {
        .fixture(
            close: close,
            high: high,
            low: low,
            others: [.donchianUpper: 110, .donchianLower: 90]
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
            (closes: [100, 111], targets: [500]), (closes: [100, 89], targets: [-500]),
            (closes: [111], targets: []), (closes: [100, 110], targets: []),
            (closes: [100, 111, 100], targets: [500]), (closes: [100, 111, 99], targets: [500, 0]),
            (closes: [100, 89, 101], targets: [-500, 0]), (closes: [100, 111, 89], targets: [500, -500]),
        ] as [(closes: [Price], targets: [Money])]
    )
    func `goes with a close beyond the channel of the bar before, and leaves at its middle`(
        closes: [Price],
        targets: [Money]
    ) {
        #expect(Self.targets(Self.plane(), closes) == targets)
    }

    @Test(
        arguments: [
            (closes: [100, 111, 91], targets: [500]), (closes: [100, 111, 89], targets: [500, 0]),
            (closes: [100, 89, 111], targets: [500]),
        ] as [(closes: [Price], targets: [Money])]
    )
    func `leaves at the other side where it is told to, and is flat there where it may not be short`(
        closes: [Price],
        targets: [Money]
    ) {
        let plane = Self.plane {
            $0.exit = .opposite
            $0.allowShort = false
        }
        #expect(Self.targets(plane, closes) == targets)
    }

    @Test func `names a stop, and leaves where a bar reaches it`() throws {
        let plane = Self.plane {
            $0.stopATR = Ratio(units: 15, scale: 1)
            $0.exit = .opposite
        }
        plane.tell(InstrumentSpec.fixture())
        _ = Self.targets(plane, [100, 112])
        #expect(plane.intents.map(\.stop) == [109])
        plane.tell(Self.bar(110, low: 109))
        #expect(plane.intents.map(\.target) == [500, 0])
        #expect(plane.intents.last?.reason == "stop reached")
    }

    @Test func `knows no channel before it is computed`() {
        let plane = Self.plane()
        plane.tell(FeatureSet.fixture(known: FeatureMask()))
        plane.tell(Self.bar(111))
        #expect(plane.intents.isEmpty)
    }
}
