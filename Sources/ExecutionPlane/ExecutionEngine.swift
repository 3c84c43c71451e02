import Contracts
import EventKernel

/// Turns risk's leave into the fewest orders that move the position there, and follows each to its end.
///
/// The module only listens and speaks; ``OrderPlan`` and ``OrderMachine`` decide. An order is placed by publishing its
/// `submitting` step; a venue hears that on the bus, never from here.
package final class ExecutionEngine {
    private unowned let kernel: Kernel
    private let settings: ExecutionSettings
    private var lifecycle: ControlState.Lifecycle?
    private var allowsTrading = false
    private var specs: [Instrument: InstrumentSpec] = [:]
    private var held: [Instrument: Quantity] = [:]
    private var orders: [OrderID: PlacedOrder] = [:]
    /// The order at work on each instrument; there is never a second one.
    private var live: [Instrument: OrderID] = [:]
    /// The newest leave of an instrument whose order is still at work.
    private var waiting: [Instrument: ApprovedIntent] = [:]
    private var ended: [OrderID] = []

    package init(settings: ExecutionSettings, kernel: Kernel) {
        self.kernel = kernel
        self.settings = settings
        let bus = kernel.bus
        bus.on(ControlState.self, as: .executionEngine) { state in
            self.lifecycle = state.lifecycle
            self.allowsTrading = state.allowsTrading
        }
        bus.on(InstrumentSpec.self, as: .executionEngine) { spec in self.specs[spec.instrument] = copy spec }
        bus.on(PositionUpdate.self, as: .executionEngine) { update in
            // An update that answers a fill follows the tally kept here; any other states the books.
            guard update.meta.correlationID == nil else { return }
            self.held[update.instrument] = update.quantity
        }
        bus.on(ApprovedIntent.self, as: .executionEngine) { approved in try self.take(copy approved) }
        bus.on(VenueReport.self, as: .executionEngine) { report in try self.take(copy report) }
    }

    private func take(_ approved: ApprovedIntent) throws(ExecutionError) {
        guard allowsTrading else {
            throw .notTrading(approved.instrument, lifecycle: lifecycle?.rawValue ?? "not started")
        }
        guard let orderID = live[approved.instrument] else { return try place(approved) }
        waiting[approved.instrument] = approved
        cancel(orderID)
    }

    private func place(_ approved: ApprovedIntent) throws(ExecutionError) {
        let instrument = approved.instrument
        guard kernel.now < approved.expires else {
            throw .expired(instrument, milliseconds: kernel.now - approved.expires)
        }
        guard let spec = specs[instrument] else { throw .unknownInstrument(instrument) }
        let plan: OrderPlan?
        do throws(NumberError) {
            plan = try OrderPlan(approved, held: held[instrument] ?? .zero, spec: spec)
        } catch {
            throw .arithmetic(instrument, error)
        }
        guard let plan else { return }
        let id = OrderID(instance: settings.instance, intent: approved.intentNumber, index: 0)
        let order = PlacedOrder(id, for: approved, plan)
        orders[id] = order
        live[instrument] = id
        kernel.bus.publish(order.event(.submitting))
    }

    private func cancel(_ id: OrderID) {
        guard allowsTrading, orders[id]?.machine.requestCancel() == true, let order = orders[id] else {
            return
        }
        kernel.bus.publish(order.event(.cancelling, reason: "superseded by a newer intent"))
    }

    private func take(_ report: VenueReport) throws(ExecutionError) {
        guard var order = orders[report.orderID] else { throw .unknownOrder(report.orderID) }
        let wasFinal = order.machine.state.isFinal
        guard let step = try step(of: &order, report.kind) else { return }
        orders[order.id] = order
        kernel.bus.publish(order.event(step.state, fill: step.fill, reason: step.reason))
        guard step.state.isFinal, !wasFinal else { return }
        retire(order)
        guard let next = waiting.removeValue(forKey: order.instrument) else { return }
        try take(next)
    }

    /// Moves the order and the tally, both or neither.
    private func step(
        of order: inout PlacedOrder,
        _ report: VenueReport.Kind
    ) throws(ExecutionError) -> OrderMachine.Step? {
        do throws(OrderMachine.Failure) {
            guard let step = try order.machine.apply(report) else { return nil }
            if let fill = step.fill { try tally(fill, of: order) }
            return step
        } catch {
            switch error {
            case .overfilled(let filled):
                throw .overfilled(order.id, quantity: order.plan.quantity, filled: filled)
            case .number(let error): throw .arithmetic(order.instrument, error)
            }
        }
    }

    private func tally(_ fill: Fill, of order: PlacedOrder) throws(OrderMachine.Failure) {
        do throws(NumberError) {
            let signed = try order.plan.side == .buy ? fill.quantity : fill.quantity.negated()
            held[order.instrument] = try (held[order.instrument] ?? .zero).adding(signed)
        } catch {
            throw .number(error)
        }
    }

    private func retire(_ order: PlacedOrder) {
        live[order.instrument] = nil
        ended.append(order.id)
        if ended.count > settings.endedOrderCountMax { orders[ended.removeFirst()] = nil }
    }
}

extension ApprovedIntent {
    /// The intent's own sequence number; orders are named after it.
    var intentNumber: UInt64 {
        guard case .intent(let number) = meta.correlationID else { return meta.seq }
        return number
    }
}
