import Contracts

/// An event that has a channel on the bus; the conformances are generated from the event map.
package protocol BusEvent: Event {
    static func channel(in channels: Channels) -> Channel<Self>
}

/// One topic's handlers, in the order they subscribed, and its events that wait for delivery.
package final class Channel<Payload: BusEvent> {
    typealias Handler = (borrowing Payload) throws -> Void

    @exclusivity(unchecked) var handlers: ContiguousArray<Handler> = []
    @exclusivity(unchecked) var waiting = Ring<Payload>()
    /// Who owns each handler.
    package private(set) var subscribers: [Module] = []

    init() {}

    func add(_ module: Module, _ handler: @escaping Handler) {
        subscribers.append(module)
        unsafe handlers.append(handler)
    }

    /// Hands the event to every handler; one that throws stops none of the others.
    func deliver(_ event: borrowing Payload, on bus: EventBus) {
        // A handler may subscribe while this runs: the new one hears the next event.
        let handlers = unsafe handlers
        for index in handlers.indices {
            do {
                try handlers[index](event)
            } catch {
                bus.report(error, thrownBy: subscribers[index], on: Payload.topic, at: event.meta)
            }
        }
    }

    func deliverNext(on bus: EventBus) {
        if let event = unsafe waiting.pop() { deliver(event, on: bus) }
    }
}
