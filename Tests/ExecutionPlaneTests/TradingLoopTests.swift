import Contracts
import EventKernel
import ExecutionPlane
import TestKit
import Testing

/// Engine, paper venue and books together, as in the daemon.
@Suite struct `From leave to position` {
    let plane = Self.harness()

    static func harness() -> PlaneHarness {
        let plane = PlaneHarness { kernel in
            _ = ExecutionEngine(settings: ExecutionSettings(), kernel: kernel)
            _ = PaperVenue(settings: PaperVenueSettings(takerFee: Ratio(units: 1, scale: 3)), kernel: kernel)
            _ = PositionManager(settings: PortfolioSettings(startingEquity: 1_000), kernel: kernel)
        }
        plane.tell(InstrumentSpec.fixture())
        plane.tell(FeedHealth.fixture())
        plane.tell(OrderBookDelta.fixture())
        plane.tell(ControlState.fixture())
        return plane
    }

    @Test func `an approved intent becomes a position, in one correlation`() throws {
        plane.tell(ApprovedIntent.fixture(target: 2))
        #expect(plane.states == [.submitting, .open, .partiallyFilled, .filled])
        let position = try #require(plane.published(PositionUpdate.self).last)
        #expect(position.quantity == 2)
        #expect(position.entryPrice == Price("101.5"))
        #expect(position.fees == Money("0.203"))
        let correlations = plane.orders.map(\.meta.correlationID) + [position.meta.correlationID]
        #expect(correlations.allSatisfy { $0 == .intent(33) })
    }

    @Test func `a reversal goes through zero in one order`() {
        plane.tell(ApprovedIntent.fixture(1, target: 1))
        plane.tell(ApprovedIntent.fixture(2, target: -1))
        #expect(plane.orders.filter { $0.state == .submitting }.map(\.quantity) == [1, 2])
        #expect(plane.published(PositionUpdate.self).last?.quantity == -1)
        #expect(plane.errorCodes.isEmpty)
    }

    @Test func `two intents at once end at the newer one's target`() {
        // Both are queued before either is acted on, as when two strategies speak on one bar.
        plane.kernel.bus.on(TickerEvent.self, as: .riskManager) { [plane] _ in
            plane.kernel.bus.publish(ApprovedIntent.fixture(1, target: 3))
            plane.kernel.bus.publish(ApprovedIntent.fixture(2, target: 1))
        }
        plane.tell(TickerEvent.fixture(mark: 100))
        #expect(plane.published(PositionUpdate.self).last?.quantity == 1)
        #expect(plane.errorCodes.isEmpty)
    }

    @Test func `a position survives a restart and can be closed after it`() throws {
        plane.tell(ApprovedIntent.fixture(1, target: 2))
        let kept = try #require(plane.published(StateSnapshot.self).last)
        let revived = Self.harness()
        revived.tell(
            StateRecovery(
                meta: EventMeta(source: .storage),
                step: .restored(part: .portfolio, version: kept.version, body: kept.body, asOf: 1)
            )
        )
        revived.tell(ApprovedIntent.fixture(2, target: 0))
        #expect(revived.orders.first?.isReduceOnly == true)
        #expect(revived.published(PositionUpdate.self).last?.quantity == 0)
        #expect(revived.errorCodes.isEmpty)
    }

    @Test func `the same events in give the same events out`() {
        func run() -> [AnyEvent] {
            let plane = Self.harness()
            for number in 1...20 as ClosedRange<UInt64> {
                plane.tell(OrderBookDelta.fixture())
                plane.tell(
                    ApprovedIntent.fixture(number, target: Quantity(units: Int64(number % 7) - 3, scale: 0))
                )
                plane.tell(TickerEvent.fixture(mark: Price(units: 99 + Int64(number % 3), scale: 0)))
                plane.advance(milliseconds: 700)
            }
            return plane.events
        }
        #expect(run() == run())
    }
}
