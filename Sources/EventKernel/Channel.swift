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
///
/// Points at its state, so that a publish touches no reference count: that costs more than a delivery.
/// `Channels` makes it, alone keeps it and frees it.
@safe package struct Channel<Payload: BusEvent> {
    @safe private struct State {
        var owned: [Subscriber<Payload>] = []
        /// The same, without a count to touch at each delivery; `owned` keeps them alive, and never shrinks.
        var called = unsafe ContiguousArray<Unmanaged<Subscriber<Payload>>>()
        var waiting = Ring<Payload>()
    }
    private let state: UnsafeMutablePointer<State>

    init() {
        unsafe state = .allocate(capacity: 1)
        unsafe state.initialize(to: State())
    }

    func free() {
        unsafe state.deinitialize(count: 1)
        unsafe state.deallocate()
    }

    /// Who listens, in the order of delivery.
    package var subscribers: [Module] { unsafe state.pointee.owned.map(\.module) }

    func add(_ module: Module, _ handler: @escaping (borrowing Payload) throws -> Void) {
        let subscriber = Subscriber(module: module, handle: handler)
        unsafe state.pointee.owned.append(subscriber)
        unsafe state.pointee.called.append(Unmanaged.passUnretained(subscriber))
    }

    /// Hands the event to every handler; one that throws stops none of the others.
    @inline(__always)
    func deliver(_ event: Payload, on bus: EventBus) {
        // A handler may subscribe while this runs: the new one hears the next event.
        let count = unsafe state.pointee.called.count
        var index = 0
        while index < count {
            unsafe state.pointee.called[index]._withUnsafeGuaranteedRef { subscriber in
                do {
                    try subscriber.handle(event)
                } catch {
                    bus.report(error, thrownBy: subscriber.module, on: Payload.topic, at: event.meta)
                }
            }
            index &+= 1
        }
    }

    @inline(__always)
    func enqueue(_ event: consuming Payload) { unsafe state.pointee.waiting.push(event) }

    func dropNext() { _ = unsafe state.pointee.waiting.pop() }

    func deliverNext(on bus: EventBus) {
        if let event = unsafe state.pointee.waiting.pop() { deliver(event, on: bus) }
    }
}
