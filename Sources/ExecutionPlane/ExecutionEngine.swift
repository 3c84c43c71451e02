import Contracts
import EventKernel

/// Turns risk's leave into the fewest orders that move the position there, and follows each to its end.
///
/// The module only listens and speaks; ``Desk`` decides for one instrument. An order is placed by publishing its
/// `submitting` step; a venue hears that on the bus, never from here.
package final class ExecutionEngine {
    private unowned let kernel: Kernel
    private let bus: EventBus
    private let settings: ExecutionSettings
    private var lifecycle: ControlState.Lifecycle?
    private var allowsTrading = false
    private var desks = InstrumentTable<Desk>()
    private var pace = OrderPace()
    /// The one timer, for the desk that is to be woken first.
    private var alarm: (at: UnixMilliseconds, timer: TimerID)?
    /// An empty list that keeps its room.
    private var spare: [OrderEvent] = []

    package init(settings: ExecutionSettings, kernel: Kernel) {
        self.kernel = kernel
        bus = kernel.bus
        self.settings = settings
        hearMarket(kernel.bus)
        hearTrading(kernel.bus)
    }

    private func hearMarket(_ bus: EventBus) {
        bus.on(InstrumentSpec.self, as: .executionEngine) { spec in
            self.desks[self.place(of: spec.instrument)].rules = OrderRules(spec)
        }
        bus.on(TickerEvent.self, as: .executionEngine) { ticker in
            let place = self.place(of: ticker.instrument)
            guard self.desks[place].note(ticker) else { return }
            try self.followTouch(place)
        }
        bus.on(OrderBookDelta.self, as: .executionEngine) { delta in
            guard self.settings.followsBook else { return }
            let place = self.place(of: delta.instrument)
            guard self.desks[place].note(delta) else { return }
            try self.followTouch(place)
        }
    }

    private func hearTrading(_ bus: EventBus) {
        bus.on(ControlState.self, as: .executionEngine) { state in try self.follow(copy state) }
        bus.on(JournalCondition.self, as: .executionEngine) { condition in
            guard !condition.allowsTrading else { return }
            let why = condition.why
            try self.actOnAll { desk, steps throws(ExecutionError) in
                try desk.endEntering(why, into: &steps)
            }
        }
        bus.on(PositionUpdate.self, as: .executionEngine) { update in
            // An update that answers a fill follows the tally kept here; any other states the books.
            guard update.meta.correlationID == nil else { return }
            self.desks[self.place(of: update.instrument)].adopt(update.quantity, update.positionIndex)
        }
        bus.on(ApprovedIntent.self, as: .executionEngine) { approved in
            let (leave, now) = (Leave(approved), self.bus.now)
            try self.act(self.place(of: approved.instrument)) { desk, steps throws(ExecutionError) in
                try desk.take(leave, now: now, into: &steps)
            }
        }
        bus.on(VenueReport.self, as: .executionEngine) { report in
            let now = self.bus.now
            try self.act(self.place(of: report.instrument)) { desk, steps throws(ExecutionError) in
                try desk.take(report, now: now, into: &steps)
            }
        }
        bus.on(StateRecovery.self, as: .executionEngine) { recovery in
            switch recovery.step {
            case .restored(part: .execution, let version, let body, asOf: _): try self.restore(body, version)
            case .ordersLost(let newest, let placed): self.forget(newest, placed)
            case .requested, .restored, .done, .failed: break
            }
        }
        bus.on(SnapshotRequest.self, as: .executionEngine) { request in
            let body = ExecutionBody(desks: self.desks.values.map(\.body), pace: self.pace)
            let version = ExecutionBody.version
            bus.publish(
                try StateCoder.snapshot(of: .execution, answering: request, version: version, body)
            )
        }
    }

    private func place(of instrument: Instrument) -> Int {
        desks.place(of: instrument, orAdd: newDesk(instrument))
    }

    private func newDesk(_ instrument: Instrument) -> Desk {
        var desk = Desk(instrument, settings)
        desk.lifecycle = lifecycle
        desk.allowsTrading = allowsTrading
        return desk
    }

    private func follow(_ state: ControlState) throws(ExecutionError) {
        lifecycle = state.lifecycle
        allowsTrading = state.allowsTrading
        let now = bus.now
        try actOnAll { desk, steps throws(ExecutionError) in try desk.follow(state, now: now, into: &steps) }
    }

    private func followTouch(_ place: Int) throws(ExecutionError) {
        let now = bus.now
        try act(place) { desk, steps throws(ExecutionError) in try desk.followTouch(now: now, into: &steps) }
    }

    /// Lets one desk decide, then publishes its steps: a handler of them may come back here.
    private func act(
        _ place: Int,
        _ decide: (inout Desk, inout [OrderEvent]) throws(ExecutionError) -> Void
    ) throws(ExecutionError) {
        var steps = spare
        spare = []
        var wakeAt: UnixMilliseconds?
        defer {
            if let wakeAt { arm(at: wakeAt) }
            for step in steps where step.isEntry { pace.note(at: bus.now, settings) }
            steps.reverse()
            while let step = steps.popLast() { bus.publish(step) }
            spare = steps
        }
        try Self.run(&desks[place], entersFrom: pace.nextAt(bus.now, settings), decide, &steps, &wakeAt)
    }

    /// One look at the desk for all of it: it is too large to be copied.
    private static func run(
        _ desk: inout Desk,
        entersFrom: UnixMilliseconds,
        _ decide: (inout Desk, inout [OrderEvent]) throws(ExecutionError) -> Void,
        _ steps: inout [OrderEvent],
        _ wakeAt: inout UnixMilliseconds?
    ) throws(ExecutionError) {
        desk.entersFrom = entersFrom
        defer { wakeAt = desk.nextWake() }
        try decide(&desk, &steps)
    }

    /// Lets every desk decide; what one throws does not stop the others, and the first of it is thrown in the end.
    private func actOnAll(
        _ decide: (inout Desk, inout [OrderEvent]) throws(ExecutionError) -> Void
    ) throws(ExecutionError) {
        var failure: ExecutionError?
        for place in 0..<desks.count {
            do throws(ExecutionError) { try act(place, decide) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
    }

    private func arm(at time: UnixMilliseconds) {
        if let alarm {
            guard time < alarm.at else { return }
            kernel.cancel(alarm.timer)
        }
        let timer = kernel.after(milliseconds: max(1, time - bus.now), as: .executionEngine) {
            try self.ring()
        }
        alarm = (time, timer)
    }

    private func ring() throws(ExecutionError) {
        alarm = nil
        let now = bus.now
        try actOnAll { desk, steps throws(ExecutionError) in
            guard let wakeAt = desk.nextWake(), wakeAt <= now else { return }
            try desk.wake(now: now, into: &steps)
        }
    }

    private func restore(_ text: String, _ version: Int) throws {
        let known = ExecutionBody.version
        let body: ExecutionBody = try StateCoder.body(of: .execution, text, version: version, known: known)
        desks = InstrumentTable()
        pace = body.pace ?? OrderPace()
        for entry in body.desks {
            var desk = Desk(restoring: entry, settings)
            desk.lifecycle = lifecycle
            desk.allowsTrading = allowsTrading
            desks.set(desk, of: entry.instrument)
        }
        let now = bus.now
        guard allowsTrading else { return }
        try actOnAll { desk, steps throws(ExecutionError) in try desk.wake(now: now, into: &steps) }
    }

    /// Gives up all work on orders, and says of each that was open that it has ended.
    private func forget(_ newest: [OrderEvent], _ placed: [UnixMilliseconds]) {
        for time in placed { pace.note(at: time, settings) }
        var open: [OrderEvent] = []
        for place in 0..<desks.count { open += desks[place].giveUp() }
        open.removeAll { order in newest.contains { $0.orderID == order.orderID } }
        for order in open + newest.filter({ !$0.state.isFinal }) {
            bus.publish(
                OrderEvent(
                    ending: order,
                    as: .cancelled,
                    reason: "the last run's venue is gone, and its orders"
                )
            )
        }
    }
}

extension OrderEvent {
    /// Whether an order is placed that may raise an exposure.
    fileprivate var isEntry: Bool { state == .submitting && purpose == .move && !isReduceOnly }

    /// The last step of an order that is known by an earlier one.
    fileprivate init(ending order: OrderEvent, as state: OrderState, reason: String) {
        self.init(
            meta: EventMeta(source: .trading, correlationID: order.meta.correlationID),
            orderID: order.orderID,
            instrument: order.instrument,
            strategy: order.strategy,
            state: state,
            side: order.side,
            type: order.type,
            timeInForce: order.timeInForce,
            limitPrice: order.limitPrice,
            quantity: order.quantity,
            filledQuantity: order.filledQuantity,
            isReduceOnly: order.isReduceOnly,
            trigger: order.trigger,
            purpose: order.purpose,
            positionIndex: order.positionIndex,
            reason: reason
        )
    }
}
