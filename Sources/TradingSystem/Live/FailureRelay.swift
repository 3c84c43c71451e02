import Contracts
import EventKernel
import Synchronization

/// Carries failures of the files' writers to the bus; the writers are there before the kernel is.
final class FailureRelay: Sendable {
    private let clock: any HostClock
    private let inlet = Mutex<Inlet?>(nil)

    init(clock: any HostClock) { self.clock = clock }

    func connect(to inlet: Inlet) { self.inlet.withLock { $0 = inlet } }

    func report(_ error: some OperatorError, of module: Module, severity: ErrorEvent.Severity) {
        let event = ErrorEvent(
            meta: EventMeta(source: module == .featureStore ? .research : .storage, ts: clock.now),
            module: module,
            severity: severity,
            code: error.code,
            what: error.what,
            why: error.why,
            next: error.next
        )
        inlet.withLock { inlet in _ = inlet?.post(event.erased) }
    }
}
