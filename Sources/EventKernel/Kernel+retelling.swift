import Contracts

/// How a kernel comes to where an earlier run had come, from that run's journal.
extension Kernel {
    /// How an event of the journal is told.
    package struct Telling {
        /// Whether the event came in from outside.
        package var isRoot: Bool
        /// The time of the next event from outside, on the way to which timers fired; nil where none followed.
        package var horizon: UnixMilliseconds?
        /// Whether timers fire before it; not for what happened after the earlier run had ended, and to which its
        /// timers did not live.
        package var movesTime: Bool
        /// Whether any handler hears it; else only its time and its number count.
        package var isHeard: Bool

        package init(
            isRoot: Bool,
            horizon: UnixMilliseconds? = nil,
            movesTime: Bool = true,
            isHeard: Bool = true
        ) {
            self.isRoot = isRoot
            self.horizon = horizon
            self.movesTime = movesTime
            self.isHeard = isHeard
        }
    }

    /// Lets the handlers hear one event of the journal as they heard it then: with its number, at its time.
    ///
    /// Every row is told, derived ones too, in order. What a handler publishes meanwhile is recorded and goes no further:
    /// the row that it became comes next. So what the journal says is what counts, and what a plane would say now can be
    /// compared with it.
    ///
    /// - Order: timers that were due before the event fire before it. Where several are due at one time, each fires when
    ///   the first of its own publications is told, as it did then.
    /// - Numbers: those for which `isOfOthers` holds were published by modules that this kernel has not; such modules
    ///   are taken to hear before all others, or after them.
    package func retell(
        _ event: AnyEvent,
        _ telling: Telling,
        isOfOthers: (UInt64) -> Bool = { _ in false }
    ) {
        bus.beginHolding()
        if telling.movesTime {
            if telling.isRoot {
                advance(to: event.meta.ts)
            } else {
                advance(to: event, toward: telling.horizon ?? event.meta.ts)
            }
        }
        if telling.isHeard {
            bus.retell(event, isRoot: telling.isRoot, isOfOthers)
        } else {
            bus.pass(event, isOfOthers)
        }
        bus.endHolding()
    }

    /// Fires timers up to the one that has published `event`; where a handler has, its number is taken already.
    private func advance(to event: AnyEvent, toward horizon: UnixMilliseconds) {
        let time = max(now, event.meta.ts)
        self.horizon = max(time, horizon)
        fireDue(at: time - 1) { true }
        fireDue(at: time) { bus.sequence < event.meta.seq }
        bus.now = time
    }
}

extension EventBus {
    fileprivate func beginHolding() {
        precondition(!isDelivering, "an event is retold while another one is delivered")
        isDelivering = true
    }

    fileprivate func retell(_ event: AnyEvent, isRoot: Bool, _ isOfOthers: (UInt64) -> Bool) {
        dropHeld()
        let reached = lastSequence
        lastSequence = event.meta.seq - 1
        event.publishRoot(on: self)
        // What is published from here on gets the numbers that it got then: those after all that was published before.
        lastSequence = isRoot ? event.meta.seq : max(reached, event.meta.seq)
        leaveOut(isOfOthers)
        if !order.isEmpty { channels.deliverNext(of: order.removeFirst(), on: self) }
        leaveOut(isOfOthers)
    }

    fileprivate func pass(_ event: AnyEvent, _ isOfOthers: (UInt64) -> Bool) {
        lastSequence = max(lastSequence, event.meta.seq)
        leaveOut(isOfOthers)
    }

    /// Leaves out the next numbers, as far as others had them.
    private func leaveOut(_ isOfOthers: (UInt64) -> Bool) {
        while isOfOthers(lastSequence + 1) { lastSequence += 1 }
    }

    fileprivate func endHolding() {
        dropHeld()
        isDelivering = false
    }

    private func dropHeld() {
        while !order.isEmpty { channels.dropNext(of: order.removeFirst()) }
    }
}
