import Contracts

/// How a kernel comes to where an earlier run had come, from that run's journal.
extension Kernel {
    /// Lets the handlers hear one event of the journal as they heard it then: with its number, at its time.
    ///
    /// Every row is told, derived ones too, in order. What a handler publishes meanwhile is recorded and goes no further:
    /// the row that it became comes next. So what the journal says is what counts, and what a plane would say now can be
    /// compared with it.
    ///
    /// - Order: timers that are due by the event's time fire before it. Without `movesTime` none fires: for what
    ///   happened after the earlier run had ended, and to which its timers did not live.
    package func retell(_ event: AnyEvent, isRoot: Bool, movesTime: Bool = true) {
        bus.beginHolding()
        if movesTime { advance(to: event.meta.ts) }
        bus.retell(event, isRoot: isRoot)
        bus.endHolding()
    }
}

extension EventBus {
    fileprivate func beginHolding() {
        unsafe precondition(!isDelivering, "an event is retold while another one is delivered")
        unsafe isDelivering = true
    }

    fileprivate func retell(_ event: AnyEvent, isRoot: Bool) {
        dropHeld()
        let reached = unsafe lastSequence
        unsafe lastSequence = event.meta.seq - 1
        event.publishRoot(on: self)
        // What is published from here on gets the numbers that it got then: those after all that was published before.
        unsafe lastSequence = isRoot ? event.meta.seq : max(reached, event.meta.seq)
        if let topic = unsafe order.pop() { channels.deliverNext(of: topic, on: self) }
    }

    fileprivate func endHolding() {
        dropHeld()
        unsafe isDelivering = false
    }

    private func dropHeld() {
        while let topic = unsafe order.pop() { channels.dropNext(of: topic) }
    }
}
