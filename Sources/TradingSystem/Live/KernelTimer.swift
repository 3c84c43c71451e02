import Contracts
import EventKernel
import NIOCore
import Synchronization

/// Lets the kernel's timers fire when nothing else happens: posts a `state:clock` event when one is due.
final class KernelTimer: Sendable {
    private let loop: any EventLoop
    private let clock: any HostClock
    private let armed = Mutex<Scheduled<Void>?>(nil)

    init(loop: any EventLoop, clock: any HostClock) {
        self.loop = loop
        self.clock = clock
    }

    func arm(_ deadline: UnixMilliseconds?, _ inlet: Inlet) {
        guard !clock.isDriven else { return }
        armed.withLock { armed in
            armed?.cancel()
            armed = deadline.map { deadline in
                loop.scheduleTask(in: .milliseconds(max(0, deadline - clock.now))) { [clock] in
                    inlet.post(
                        ClockEvent(meta: EventMeta(source: .system, ts: max(clock.now, deadline))).erased
                    )
                }
            }
        }
    }
}
