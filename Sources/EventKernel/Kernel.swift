import Contracts

/// One deterministic world: a bus, its clock and its timers.
///
/// The same root events in always give the same events out. Time is event time: it moves when an event from outside
/// comes in, never by itself. Not Sendable: made, used and dropped in one isolation.
package final class Kernel {
    package let bus = EventBus()
    private var timers = TimerQueue()
    private var settled: [() -> Void] = []
    private var leaps: [(milliseconds: Int64, module: Module, action: (UnixMilliseconds) throws -> Void)] = []
    /// The least leap that somebody wants to hear of.
    private var leapMin = Int64.max
    /// The time of the event that is being taken in; timers fire on the way to it.
    var horizon: UnixMilliseconds = 0

    package init() {}

    /// The handlers keep their modules, and the modules keep the bus: with the kernel all of them go.
    deinit { bus.forgetHandlers() }

    /// Event time in Unix milliseconds; never the wall clock.
    package var now: UnixMilliseconds { bus.now }

    /// When the next timer is due; nil without timers.
    package var nextDeadline: UnixMilliseconds? { timers.nextDeadline }

    /// Runs `action` once, `delay` milliseconds of event time from now.
    @discardableResult
    package func after(
        milliseconds delay: Int64,
        as module: Module,
        _ action: @escaping () throws -> Void
    ) -> TimerID {
        precondition(delay > 0, "a timer needs a delay above zero, or it never ends")
        return timers.add(at: now + delay, module: module, action)
    }

    /// Runs `action` every `interval` milliseconds of event time, first after one interval.
    ///
    /// Where event time jumps over several intervals, as after a standstill, the action runs once for all of them.
    package func every(
        milliseconds interval: Int64,
        as module: Module,
        _ action: @escaping () throws -> Void
    ) {
        precondition(interval > 0, "a timer needs an interval above zero, or it never ends")
        let missed = max(0, (horizon - now) / interval)
        after(milliseconds: (missed + 1) * interval, as: module) { [unowned self] in
            // Armed anew first, so that an action that throws does not end the series.
            every(milliseconds: interval, as: module, action)
            try action()
        }
    }

    /// Runs `action` before event time leaps over more than `milliseconds`, and tells it how far.
    ///
    /// A leap is a standstill, of the process or of all that it hears. Timers on the way fire at their own times and
    /// know nothing of it: what must not be done so late is forbidden here, before they do.
    package func onLeap(
        over milliseconds: Int64,
        as module: Module,
        _ action: @escaping (_ time: UnixMilliseconds) throws -> Void
    ) {
        leaps.append((milliseconds, module, action))
        leapMin = min(leapMin, milliseconds)
    }

    /// Forgets a timer; one that has fired is ignored.
    package func cancel(_ timer: TimerID) { timers.remove(timer) }

    /// The only door for events from outside, live and replayed alike.
    ///
    /// Timers that are due fire first, in order of deadline and registration, each at its own time.
    package func ingest(_ event: AnyEvent) {
        advance(to: event.meta.ts)
        event.publishRoot(on: bus)
    }

    /// The same for one typed event.
    package func ingest<Payload: BusEvent>(_ event: consuming Payload) {
        advance(to: event.meta.ts)
        bus.stamp(&event.meta)
        bus.emit(event, on: Payload.channel(in: bus.channels), Payload.topic, isRoot: true)
    }

    /// Runs `action` each time a batch of outside events has been taken in: the journal's point of commit.
    package func onSettled(_ action: @escaping () -> Void) { settled.append(action) }

    /// Says that a batch of outside events has been taken in.
    package func settle() {
        for action in settled { action() }
    }

    @inline(__always)
    func advance(to time: UnixMilliseconds) {
        // A clock that goes back must not take event time with it.
        let time = max(now, time)
        horizon = time
        // Before the first event there is no time: what was armed then counts from that event.
        if now == 0 { timers.delayAll(by: time) } else if time &- now > leapMin { leap(to: time) }
        if timers.firstDeadline <= time { fireDue(at: time) }
        bus.now = time
    }

    private func leap(to time: UnixMilliseconds) {
        let distance = time - now
        for leap in leaps where distance > leap.milliseconds {
            bus.fire(at: now, as: leap.module) { try leap.action(time) }
        }
    }

    /// Fires what is due, for as long as `isWanted`.
    @inline(__always)
    func fireDue(at time: UnixMilliseconds, while isWanted: () -> Bool = { true }) {
        while isWanted(), let timer = timers.popDue(at: time) {
            bus.fire(at: timer.deadline, as: timer.module, timer.action)
        }
    }
}
