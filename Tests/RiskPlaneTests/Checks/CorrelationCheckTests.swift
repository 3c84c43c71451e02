import Contracts
import RiskPlane
import TestKit
import Testing

@Suite struct `Risk checks the correlation: it` {
    private let plane = PlaneHarness.risk(
        .only {
            $0.correlatedNotionalMax = 1_000
            $0.correlationMin = ratio("0.8")
            $0.correlationBars = 12
        }
    )

    /// Bars of both instruments: ether's returns are bitcoin's, those with the other sign, or others.
    private func tellBars(_ count: Int64, _ follow: (Int64, Int64) -> Int64) {
        var (left, right) = (1_000_000 as Int64, 1_000_000 as Int64)
        for minute in 1...count {
            let move = (minute * 7_919) % 13 - 6
            left += move * 1_000
            right += follow(minute, move) * 1_000
            plane.tell(FeatureSet.fixture(of: bitcoin, minute: minute, close: Price(units: left, scale: 4)))
            plane.tell(FeatureSet.fixture(of: ether, minute: minute, close: Price(units: right, scale: 4)))
        }
    }

    @Test(arguments: [(target: 700 as Money, approved: "3"), (-700, "-7")])
    func `counts as one bet what moves together`(target: Money, approved: String) {
        tellBars(13) { $1 }
        plane.tell(StrategyIntent.fixture(1, target: 700))
        plane.tell(StrategyIntent.fixture(2, of: ether, target: target))
        #expect(plane.targets == [7, quantity(approved)])
    }

    @Test(arguments: [(target: -700 as Money, approved: "-3"), (700, "7")])
    func `counts as one bet what moves apart and is held the other way`(target: Money, approved: String) {
        tellBars(13) { -$1 }
        plane.tell(StrategyIntent.fixture(1, target: 700))
        plane.tell(StrategyIntent.fixture(2, of: ether, target: target))
        #expect(plane.targets == [7, quantity(approved)])
    }

    @Test func `lets go what moves on its own`() {
        tellBars(13) { minute, _ in (minute * 104_729) % 11 - 5 }
        plane.tell(StrategyIntent.fixture(1, target: 700))
        plane.tell(StrategyIntent.fixture(2, of: ether, target: 700))
        #expect(plane.targets == [7, 7])
    }

    @Test(arguments: [6 as Int64, 1])
    func `takes what is not known for the same bet, and refuses what leaves no room`(count: Int64) {
        tellBars(count) { minute, _ in minute }
        plane.tell(StrategyIntent.fixture(1, target: 1_000))
        plane.tell(StrategyIntent.fixture(2, of: ether, target: -700))
        #expect(plane.targets == [10])
        #expect(plane.failedChecks == [.correlation])
    }
}
