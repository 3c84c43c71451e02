import Contracts
import EventKernel
import RiskPlane

/// Risk on a kernel of its own that keeps nothing but the newest answer: light enough for millions of events.
final class Gate {
    private let kernel = Kernel()
    private var approved: ApprovedIntent?
    private var rejected: RejectedIntent?

    init(_ limits: RiskLimits) {
        _ = RiskManager(limits: limits, kernel: kernel)
        kernel.bus.on(ApprovedIntent.self, as: .executionEngine) { [unowned self] in approved = copy $0 }
        kernel.bus.on(RejectedIntent.self, as: .strategyManager) { [unowned self] in rejected = copy $0 }
    }

    func tell<Payload: BusEvent>(_ event: Payload, at time: UnixMilliseconds) {
        var event = event
        event.meta.ts = time
        kernel.ingest(event)
    }

    /// The answers since the last look.
    func take() -> (approved: ApprovedIntent?, rejected: RejectedIntent?) {
        defer { (approved, rejected) = (nil, nil) }
        return (approved, rejected)
    }
}
