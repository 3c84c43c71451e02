import Contracts
import EventKernel
import StrategyPlane
import TestKit
import Testing

@Suite struct `The funding carry` {
    private static let minute: UnixMilliseconds = 60_000

    private static func plane(_ change: (inout FundingCarrySettings) -> Void = { _ in }) -> PlaneHarness {
        var settings = FundingCarrySettings()
        change(&settings)
        return .strategies(StrategySettings(fundingCarry: settings))
    }

    private static func targets(_ plane: PlaneHarness, _ rates: [String]) throws -> [Money] {
        for rate in rates {
            plane.tell(FundingEvent.fixture(rate: try #require(Ratio(rate))))
            plane.tell(FeatureSet.fixture())
            plane.approve()
        }
        return plane.intents.map(\.target)
    }

    @Test(
        arguments: [
            (rates: ["0.0005"], targets: [-500]), (rates: ["-0.0005"], targets: [500]),
            (rates: ["0.0004"], targets: []), (rates: ["0.0005", "0.0001"], targets: [-500]),
            (rates: ["0.0005", "0.00009"], targets: [-500, 0]),
            (rates: ["0.0005", "-0.0001"], targets: [-500, 0]),
            (rates: ["0.0005", "-0.0006"], targets: [-500, 500]), (rates: ["0"], targets: []),
        ] as [(rates: [String], targets: [Money])]
    )
    func `holds the side that receives while the rate is worth it`(rates: [String], targets: [Money]) throws {
        #expect(try Self.targets(Self.plane(), rates) == targets)
    }

    @Test func `sells nothing where it may not be short`() throws {
        let targets = try Self.targets(Self.plane { $0.allowShort = false }, ["0.0009", "-0.0009", "0.0009"])
        #expect(targets == [500, 0])
    }

    @Test(arguments: [
        (minutes: 4, isIn: false), (minutes: 5, isIn: true), (minutes: 240, isIn: true),
        (minutes: 241, isIn: false),
    ])
    func `enters only while the settlement is neither too near nor too far`(minutes: Int64, isIn: Bool) {
        let plane = Self.plane()
        plane.tell(
            FundingEvent.fixture(rate: Ratio(units: 1, scale: 3), settlement: minutes * Self.minute)
        )
        plane.tell(FeatureSet.fixture())
        #expect(plane.intents.isEmpty != isIn)
    }

    @Test func `does not take an old rate for the coming one, nor enter without a time`() {
        let plane = Self.plane()
        plane.tell(FundingEvent.fixture(rate: Ratio(units: 1, scale: 3), isBackfill: true))
        plane.tell(FeatureSet.fixture())
        plane.tell(FundingEvent.fixture(rate: Ratio(units: 1, scale: 3), settlement: nil))
        plane.tell(FeatureSet.fixture())
        #expect(plane.intents.isEmpty)
    }
}
