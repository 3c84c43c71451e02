import Contracts

/// An event that has a channel on the bus; the conformances are generated from the event map.
package protocol BusEvent: Event {
    static func channel(in channels: Channels) -> Channel<Self>
}

/// One subscription: who, and what to call.
final class Subscriber<Payload> {
    let module: Module
    let handle: (borrowing Payload) throws -> Void

    init(module: Module, handle: @escaping (borrowing Payload) throws -> Void) {
        self.module = module
        self.handle = handle
    }
}

/// One topic's handlers, in the order they subscribed, and its events that wait for delivery.
@safe package final class Channel<Payload: BusEvent> {
    private var owned: [Subscriber<Payload>] = []
    /// The same, without a reference count to touch at each delivery; `owned` keeps them alive, and never shrinks.
    @exclusivity(unchecked) private var called = unsafe ContiguousArray<
        Unmanaged<Subscriber<Payload>>
    >()
    @exclusivity(unchecked) var waiting = Ring<Payload>()

    /// Who listens, in the order of delivery.
    package var subscribers: [Module] { owned.map(\.module) }

    func add(_ module: Module, _ handler: @escaping (borrowing Payload) throws -> Void) {
        let subscriber = Subscriber(module: module, handle: handler)
        owned.append(subscriber)
        unsafe called.append(Unmanaged.passUnretained(subscriber))
    }

    /// Hands the event to every handler; one that throws stops none of the others.
    @inline(__always)
    func deliver(_ event: Payload, on bus: EventBus) {
        // A handler may subscribe while this runs: the new one hears the next event.
        let count = unsafe called.count
        var index = 0
        while index < count {
            unsafe called[index]._withUnsafeGuaranteedRef { subscriber in
                do {
                    try subscriber.handle(event)
                } catch {
                    bus.report(error, thrownBy: subscriber.module, on: Payload.topic, at: event.meta)
                }
            }
            index &+= 1
        }
    }

    func deliverNext(on bus: EventBus) {
        if let event = unsafe waiting.pop() { deliver(event, on: bus) }
    }
}
