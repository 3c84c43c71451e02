import Contracts
import EventKernel
import ResearchPlane
import Synchronization

/// The research worker and its way into the kernel, which is built after it.
final class ResearchOutlet: Sendable {
    private final class Way: Sendable {
        let inlet = Mutex<Inlet?>(nil)
    }

    let worker: ResearchWorker
    private let way: Way

    init(clock: any HostClock, settings: ResearchSettings) {
        let way = Way()
        self.way = way
        worker = ResearchWorker(settings: settings, clock: clock) { event in
            way.inlet.withLock { $0 }?.post(event) ?? false
        }
    }

    func connect(to inlet: Inlet) { way.inlet.withLock { $0 = inlet } }
}
