import Contracts
import RiskPlane
import TestKit
import Testing

@Suite struct `Risk checks the instrument: it` {
    let plane = PlaneHarness.risk(.only())

    @Test(arguments: [
        InstrumentSpec.fixture(status: .closed), .fixture(status: .preLaunch), .fixture(quoteCoin: "BTC"),
    ])
    func `refuses what it may not trade`(spec: InstrumentSpec) {
        plane.tell(spec)
        plane.tell(StrategyIntent.fixture(target: 100))
        #expect(plane.failedChecks == [.instrument])
    }

    @Test func `refuses what it does not know`() {
        plane.tell(StrategyIntent.fixture(of: instrument("linear:SOLUSDT"), target: 100))
        #expect(plane.failedChecks == [.instrument])
    }

    /// Fault X6: entries off, exits allowed, while the contract is there at all.
    @Test(arguments: [
        (status: InstrumentSpec.Status.delivering, isApproved: true), (.other, true), (.closed, false),
    ])
    func `lets out of what is no longer traded, and nobody in`(
        status: InstrumentSpec.Status,
        isApproved: Bool
    ) {
        plane.tell(PositionUpdate.fixture(quantity: 1))
        plane.tell(InstrumentSpec.fixture(status: status))
        plane.tell(StrategyIntent.fixture(target: 0))
        #expect(plane.approvals.count == (isApproved ? 1 : 0))
        plane.tell(StrategyIntent.fixture(target: 100_000))
        #expect(plane.failedChecks.last == .instrument)
    }

    @Test func `counts an inverse contract by its dollars, whatever its price`() {
        let inverse = instrument("inverse:BTCUSD")
        let plane = PlaneHarness.risk(.only { $0.positionNotionalMax = 500 })
        plane.tell(InstrumentSpec.fixture(of: inverse, quoteCoin: "USD", step: 1, notionalMin: nil))
        plane.tell(FeedHealth.fixture(of: inverse))
        plane.tell(StrategyIntent.fixture(1, of: inverse, target: 400, price: 30_000))
        plane.tell(StrategyIntent.fixture(2, of: inverse, target: -900, price: 30_000))
        #expect(plane.targets == [400, -500])
    }

    @Test(arguments: ["inverse:BTCUSD", "option:BTC-1JAN30-100000-C"])
    func `refuses what it cannot count in the quote coin`(text: String) {
        let other = instrument(text)
        plane.introduce(other)
        plane.tell(StrategyIntent.fixture(of: other, target: 100))
        #expect(plane.failedChecks == [.instrument])
    }

    @Test func `refuses to sell spot short`() {
        let spot = instrument("spot:BTCUSDT")
        plane.introduce(spot)
        plane.tell(StrategyIntent.fixture(of: spot, target: -100))
        plane.tell(StrategyIntent.fixture(of: spot, target: 100))
        #expect(plane.failedChecks == [.instrument])
        #expect(plane.targets == [1])
    }

    @Test(arguments: [
        StrategyIntent.fixture(target: 100, price: 0), .fixture(target: 100, slippageMax: 1),
        .fixture(target: 100, slippageMax: -1),
    ])
    func `refuses an intent whose prices are none`(intent: StrategyIntent) {
        plane.tell(intent)
        #expect(plane.failedChecks == [.instrument])
    }

    @Test func `refuses entries outside the exchange's own price limits`() {
        plane.tell(PositionUpdate.fixture(quantity: -1))
        plane.tell(
            PriceLimit(meta: EventMeta(source: .market), instrument: bitcoin, highestBid: 99, lowestAsk: 98)
        )
        plane.tell(StrategyIntent.fixture(target: 100))
        plane.tell(StrategyIntent.fixture(target: -200))
        plane.tell(StrategyIntent.fixture(target: -200, price: 97))
        #expect(plane.failedChecks == [.instrument, .instrument])
        #expect(plane.approvals.count == 1)
    }
}
