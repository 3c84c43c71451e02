import Contracts
import EventKernel
import StoragePlane
import Synchronization

/// Carries failures of the files' writers to the bus; the writers are there before the kernel is.
final class FailureRelay: Sendable {
    private struct Way {
        var inlet: Inlet?
        /// What the journal has said of its disk before there was a kernel to hear it.
        var waiting: JournalHealth?
    }

    private let clock: any HostClock
    private let way = Mutex(Way())

    init(clock: any HostClock) { self.clock = clock }

    func connect(to inlet: Inlet) {
        way.withLock { way in
            way.inlet = inlet
            if let health = way.waiting.take() { inlet.post(health.event(at: clock.now).erased) }
        }
    }

    /// Tells how the journal gets on with its disk: who trades has to know.
    func report(_ health: JournalHealth) {
        way.withLock { way in
            if let inlet = way.inlet {
                inlet.post(health.event(at: clock.now).erased)
            } else {
                way.waiting = health
            }
        }
    }

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
        way.withLock { way in _ = way.inlet?.post(event.erased) }
    }
}
