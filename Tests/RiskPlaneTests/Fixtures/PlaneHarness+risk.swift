import Contracts
import EventKernel
import TestKit

@testable import RiskPlane

extension RiskManager {
    /// Risk as it is under test: without the check that this run leaves out.
    static func underTest(_ limits: RiskLimits, _ kernel: Kernel) -> RiskManager {
        RiskManager(RiskChain(limits: limits, links: Mutant.links), kernel: kernel)
    }
}

extension RiskLimits {
    /// Nothing but what one test is about.
    static func only(_ change: (inout RiskLimits) -> Void = { _ in }) -> RiskLimits {
        var limits = RiskLimits.widest
        change(&limits)
        return limits
    }
}

extension PlaneHarness {
    /// Risk on a running system, with both instruments known, fresh, quoted at 100 and flat.
    static func risk(_ limits: RiskLimits = RiskLimits(cooldownMilliseconds: 0)) -> PlaneHarness {
        let plane = PlaneHarness { kernel in _ = RiskManager.underTest(limits, kernel) }
        plane.tell(ControlState.fixture())
        plane.tell(AccountUpdate.fixture())
        plane.tell(ClockOffset.fixture())
        for instrument in [bitcoin, ether] { plane.introduce(instrument) }
        return plane
    }

    /// Makes an instrument tradable.
    func introduce(_ instrument: Instrument, quoteCoin: String = "USDT") {
        tell(InstrumentSpec.fixture(of: instrument, quoteCoin: quoteCoin))
        tell(FeedHealth.fixture(of: instrument))
        tell(TickerEvent.fixture(of: instrument))
    }

    /// Fills the whole way from `held` to what was approved last, and has the books follow.
    func fillNewest(from held: Quantity = 0, profit: Money = 0) {
        guard let approved = approvals.last, let step = try? approved.targetQuantity.subtracting(held),
            let asked = try? step.magnitude
        else { return }
        if !asked.isZero {
            tell(OrderEvent.fixture(approved, from: held, asked: asked, filled: asked, state: .filled))
        }
        tell(
            PositionUpdate.fixture(
                of: approved.instrument,
                quantity: approved.targetQuantity,
                realised: profit,
                answering: approved.meta.correlationID
            )
        )
    }

    var approvals: [ApprovedIntent] { published(ApprovedIntent.self) }
    var rejections: [RejectedIntent] { published(RejectedIntent.self) }
    var failedChecks: [RiskCheck] { rejections.map(\.failed.check) }
    var targets: [Quantity] { approvals.map(\.targetQuantity) }
    /// The names of the halts that `risk:state` told last.
    var halts: [RiskHalt.Kind] { published(RiskState.self).last?.halts.map(\.kind) ?? [] }
}
