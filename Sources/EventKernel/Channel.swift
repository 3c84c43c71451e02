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
    @safe private struct State: ~Copyable {
        /// None of them ends alone, so that what `handlers` points at lives until all are let go.
        var subscribers: [Subscriber<Payload>] = []
        var handlers = Handlers<Payload>()
        /// Rows that became too short: a handler may subscribe while one is called along.
        var outgrown: [Handlers<Payload>] = []
        var waiting = Ring<Waiting<Payload>>()
    }
    private let state: UnsafeMutablePointer<State>

    init() {
        unsafe state = .allocate(capacity: 1)
        unsafe state.initialize(to: State())
    }

    func free() {
        freeHandlers()
        unsafe state.deinitialize(count: 1)
        unsafe state.deallocate()
    }

    /// Who listens, in the order of delivery.
    package var subscribers: [Module] { unsafe state.pointee.subscribers.map(\.module) }

    func add(_ module: Module, _ handler: @escaping (borrowing Payload) throws -> Void) {
        let subscriber = Subscriber(module: module, handle: handler)
        unsafe state.pointee.subscribers.append(subscriber)
        if unsafe state.pointee.handlers.isFull {
            unsafe state.pointee.outgrown.append(state.pointee.handlers)
            unsafe state.pointee.handlers = state.pointee.handlers.wider()
        }
        unsafe state.pointee.handlers.append(subscriber)
    }

    /// Lets go of all who listen.
    func forgetHandlers() {
        freeHandlers()
        unsafe state.pointee.handlers = Handlers()
        unsafe state.pointee.subscribers = []
    }

    private func freeHandlers() {
        unsafe state.pointee.handlers.free()
        for row in unsafe state.pointee.outgrown { row.free() }
        unsafe state.pointee.outgrown = []
    }

    /// Hands the event to every handler; one that throws stops none of the others.
    @inline(__always)
    func deliver(_ event: Payload, on bus: EventBus) {
        unsafe state.pointee.handlers.hear(event, on: bus)
    }

    @inline(__always)
    func enqueue(_ event: consuming Payload) { unsafe state.pointee.waiting.push(Waiting(event: event)) }

    func dropNext() {
        let first = unsafe state.pointee.waiting.lendFirst()
        unsafe state.pointee.waiting.endLending(first)
    }

    func deliverNext(on bus: EventBus) {
        let first = unsafe state.pointee.waiting.lendFirst()
        unsafe state.pointee.handlers.hear(first, on: bus)
        unsafe state.pointee.waiting.endLending(first)
    }
}

/// An event in the queue: what cannot be copied is handed out where it lies.
struct Waiting<Payload>: ~Copyable {
    let event: Payload
}

/// One topic's handlers as a delivery wants them: in a row, and without a count to touch.
///
/// `hear` is never specialised: there an event is an address that is handed on, while of a type that the compiler knows
/// it makes a copy for the calls. Neither asks for the metadata of a type, which costs more than all the rest.
@safe struct Handlers<Payload: BusEvent> {
    private let called: UnsafeMutablePointer<Unmanaged<Subscriber<Payload>>>
    private let capacity: Int
    private var count = 0

    init(capacity: Int = 4) {
        unsafe called = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    var isFull: Bool { count == capacity }

    /// The same handlers in a row of twice the room.
    func wider() -> Handlers {
        var wider = Handlers(capacity: 2 * capacity)
        unsafe wider.called.initialize(from: called, count: count)
        wider.count = count
        return wider
    }

    mutating func append(_ subscriber: Subscriber<Payload>) {
        unsafe (called + count).initialize(to: .passUnretained(subscriber))
        count += 1
    }

    func free() { unsafe called.deallocate() }

    /// A handler that subscribes while this runs hears the next event.
    @inline(__always)
    func hear(_ event: Payload, on bus: EventBus) { unsafe Self.call(called, count, event, bus) }

    @inline(__always)
    func hear(_ first: UnsafeMutablePointer<Waiting<Payload>>, on bus: EventBus) {
        unsafe Self.call(called, count, at: first, bus)
    }

    @_semantics("optimize.sil.specialize.generic.never") @inline(never)
    private static func call(
        _ called: UnsafeMutablePointer<Unmanaged<Subscriber<Payload>>>,
        _ count: Int,
        at first: UnsafeMutablePointer<Waiting<Payload>>,
        _ bus: EventBus
    ) {
        unsafe call(called, count, waiting: first.pointee, bus)
    }

    @_semantics("optimize.sil.specialize.generic.never")
    private static func call(
        _ called: UnsafeMutablePointer<Unmanaged<Subscriber<Payload>>>,
        _ count: Int,
        waiting: borrowing Waiting<Payload>,
        _ bus: EventBus
    ) {
        unsafe call(called, count, waiting.event, bus)
    }

    @_semantics("optimize.sil.specialize.generic.never")
    private static func call(
        _ called: UnsafeMutablePointer<Unmanaged<Subscriber<Payload>>>,
        _ count: Int,
        _ event: Payload,
        _ bus: EventBus
    ) {
        var index = 0
        while index < count {
            do {
                try unsafe called[index]._withUnsafeGuaranteedRef { try $0.handle(event) }
            } catch {
                unsafe report(error, thrownBy: called[index].takeUnretainedValue().module, over: event, bus)
            }
            index &+= 1
        }
    }

    @inline(never)
    private static func report(
        _ error: any Error,
        thrownBy module: Module,
        over event: Payload,
        _ bus: EventBus
    ) {
        bus.report(error, thrownBy: module, on: Payload.topic, at: event.meta)
    }
}
