import Contracts

/// One total order of typed events: numbers them, has them recorded, delivers them synchronously.
///
/// A publish gets the next sequence number and reaches the handlers in the order they subscribed. A publish from
/// inside a handler waits behind what is already waiting; the outermost one drains the queue, first in, first out.
///
/// Not Sendable: a bus belongs to the one kernel that made it.
package final class EventBus {
    /// Hears every event as it is numbered, before its handlers; `isRoot` where it came from outside.
    package typealias Recorder = (_ event: AnyEvent, _ isRoot: Bool) -> Void

    let channels = Channels()
    var order = Ring<Topic>(capacity: 64)
    var isDelivering = false
    var isRecording = false
    var lastSequence: UInt64 = 0
    var time: UnixMilliseconds = 0
    private var recorders: [Recorder] = []

    /// How many handlers have thrown.
    package private(set) var failureCount = 0

    package init() {}

    /// The number of the newest event.
    package var sequence: UInt64 { lastSequence }
    /// The number that the next event will get.
    package var nextSequence: UInt64 { lastSequence + 1 }
    /// Event time: that of the newest root event or of the timer that fires.
    package internal(set) var now: UnixMilliseconds {
        get { time }
        set { time = newValue }
    }

    /// Continues an earlier run's order: the next event gets the number after `sequence`.
    package func resume(after sequence: UInt64) {
        precondition(lastSequence == 0, "an order is continued before its first event")
        lastSequence = sequence
    }

    /// Adds a recorder; it hears every event from here on.
    package func record(_ recorder: @escaping Recorder) {
        recorders.append(recorder)
        isRecording = true
    }

    /// Subscribes `module` to one type of event; the bus keeps the handler for its own lifetime.
    ///
    /// A handler that throws becomes an `error:event` of `module`; the other handlers still run.
    package func on<Payload: BusEvent>(
        _ type: Payload.Type,
        as module: Module,
        _ handler: @escaping (borrowing Payload) throws -> Void
    ) {
        Payload.channel(in: channels).add(module, handler)
    }

    /// Lets go of all who listen.
    func forgetHandlers() {
        channels.forgetHandlers()
        recorders = []
    }

    /// The modules that listen to `topic`.
    package func subscribers(of topic: Topic) -> [Module] { channels.subscribers(of: topic) }

    /// Gives an event its place in the order and its time.
    @inline(__always)
    func stamp(_ meta: inout EventMeta) {
        lastSequence &+= 1
        meta.seq = lastSequence
        meta.ts = time
    }

    /// What every publish does with a stamped event; generated, `publish(_:)` of each payload calls it.
    @inline(__always)
    func emit<Payload: BusEvent>(
        _ event: consuming Payload,
        on channel: Channel<Payload>,
        _ topic: Topic,
        isRoot: Bool
    ) {
        if isRecording { hand(event.erased, isRoot) }
        if isDelivering {
            order.push(topic)
            return channel.enqueue(event)
        }
        isDelivering = true
        channel.deliver(event, on: self)
        if !order.isEmpty { drain() }
        isDelivering = false
    }

    func hand(_ event: AnyEvent, _ isRoot: Bool) {
        for recorder in recorders { recorder(event, isRoot) }
    }

    func drain() {
        while !order.isEmpty { channels.deliverNext(of: order.removeFirst(), on: self) }
    }

    /// Turns a thrown error into an `error:event`; one thrown over an `error:event` is only counted.
    @inline(never)
    func report(_ error: any Error, thrownBy module: Module, on topic: Topic, at meta: EventMeta) {
        failureCount += 1
        guard topic != .errorEvent else { return }
        let known = error as? any OperatorError
        publish(
            ErrorEvent(
                meta: EventMeta(source: .system, correlationID: meta.correlationID),
                module: module,
                severity: .error,
                code: known?.code ?? "handler.failed",
                what: known?.what ?? "\(module.rawValue) failed on \(topic.rawValue) \(meta.seq)",
                why: known?.why ?? String(describing: error),
                next: known?.next ?? "the other handlers ran; the event stays in the journal"
            )
        )
    }

    /// Runs a timer's action at `time`; what it publishes queues, as what a handler publishes does, and follows then.
    func fire(at time: UnixMilliseconds, as module: Module, _ action: () throws -> Void) {
        let isHolding = isDelivering
        isDelivering = true
        self.time = time
        do {
            try action()
        } catch {
            let meta = EventMeta(source: .system)
            report(error, thrownBy: module, on: .stateClock, at: meta)
        }
        guard !isHolding else { return }
        drain()
        isDelivering = false
    }
}
