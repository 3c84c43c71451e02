package import Contracts
package import EventKernel

/// A plane on a kernel of its own: tells it events and keeps all that was published.
package final class PlaneHarness {
    package let kernel: Kernel
    /// Every event so far, in order, what was told included.
    package private(set) var events: [AnyEvent] = []
    /// The time that the next event told will have.
    package var time: UnixMilliseconds

    /// Builds the plane under test; the kernel's bus keeps it alive.
    package init(startingAt time: UnixMilliseconds = 1_700_000_000_000, _ build: (Kernel) -> Void) {
        self.time = time
        kernel = Kernel()
        build(kernel)
        kernel.bus.record { [unowned self] event, _ in events.append(event) }
        advance(milliseconds: 0)
    }

    /// Lets one event in from outside, at the harness's time.
    package func tell<Payload: BusEvent>(_ event: Payload) {
        var event = event
        event.meta.ts = time
        kernel.ingest(event)
    }

    /// Moves time on and fires the timers that are due.
    package func advance(milliseconds: Int64) {
        time += milliseconds
        kernel.ingest(ClockEvent(meta: EventMeta(source: .system, ts: time)))
    }

    /// The events of one type so far, in order.
    package func published<Payload: BusEvent>(_ type: Payload.Type) -> [Payload] {
        events.compactMap { event in event.encodePayload { $0 as? Payload } }
    }

    /// Forgets what was published so far.
    package func forget() { events.removeAll() }
}
