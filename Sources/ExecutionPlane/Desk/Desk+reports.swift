import Contracts

/// What a venue says: each report moves one order by one legal step, and the tally by each execution once.
extension Desk {
    private static let liquidationCountMax = 16
    private static let liquidation = StrategyID("liquidation")

    mutating func take(
        _ report: VenueReport,
        now: UnixMilliseconds,
        into steps: inout [OrderEvent]
    )
        throws(ExecutionError)
    {
        if case .liquidated(let fill, let side, let index) = report.kind {
            return try book(fill, side, index, now: now, into: &steps)
        }
        guard let id = report.orderID else { return }
        if let place = orders.firstIndex(where: { $0.id == id }) {
            try move(place, report.kind, now: now, into: &steps)
        } else if let place = ended.place(where: { $0.id == id }) {
            let order = ended[place]
            let tally = try Self.tally(report.kind, order.plan, held[order.plan.positionIndex], instrument)
            guard let step = try Self.step(&ended[place], report.kind, instrument) else { return }
            count(step, tally, order.plan)
            steps.append(ended[place].event(step.state, of: instrument, fill: step.fill, reason: step.reason))
            protect(now: now, into: &steps)
        } else {
            throw .unknownOrder(id)
        }
    }

    private mutating func move(
        _ place: Int,
        _ report: VenueReport.Kind,
        now: UnixMilliseconds,
        into steps: inout [OrderEvent]
    ) throws(ExecutionError) {
        let before = orders[place].plan
        let tally = try Self.tally(report, before, held[before.positionIndex], instrument)
        guard let step = try Self.step(&orders[place], report, instrument) else { return }
        let plan = orders[place].plan
        count(step, tally, plan)
        steps.append(orders[place].event(step.state, of: instrument, fill: step.fill, reason: step.reason))
        let isRefused = orders[place].isAmendRefused
        if step.state.isFinal {
            ended.add(orders.remove(at: place))
        } else if orders[place].isCancelWanted, !orders[place].isTrading {
            cancel(place, "asked for before it was there", into: &steps)
        }
        defer { protect(now: now, into: &steps) }
        if plan.purpose == .move {
            if step.state.isFinal { try moveEnded(step.state, now: now, into: &steps) }
        } else {
            try follow(step, of: plan, isRefused, now: now, into: &steps)
        }
    }

    /// A stop or take profit that trades ends the work on the position it closes; one that the venue refuses is told.
    private mutating func follow(
        _ step: OrderMachine.Step,
        of plan: OrderPlan,
        _ isRefused: Bool,
        now: UnixMilliseconds,
        into steps: inout [OrderEvent]
    ) throws(ExecutionError) {
        if step.fill != nil {
            waiting = nil
            endCampaign("the position was closed by its \(plan.purpose.rawValue)", into: &steps)
        }
        guard step.state.isFinal || isRefused else { return }
        let direction: Direction = plan.side == .sell ? .long : .short
        // What was refused or has ended is not asked for at once again.
        if !held[plan.positionIndex].isZero {
            let end = now + settings.protectionRetryMilliseconds
            protection(direction) { $0.quietUntil = end }
        }
        if step.state == .rejected {
            protection(direction) { $0.forget(plan.purpose) }
            throw .unprotected(instrument, plan.purpose, reason: step.reason ?? "no reason given")
        }
    }

    /// Books a position that the venue has closed by force; all that was wanted of the instrument is over.
    private mutating func book(
        _ fill: Fill,
        _ side: Side,
        _ index: PositionIndex,
        now: UnixMilliseconds,
        into steps: inout [OrderEvent]
    ) throws(ExecutionError) {
        guard !liquidations.contains(fill.executionID) else { return }
        let left = try ExecutionError.exactly(instrument) { () throws(NumberError) in
            try held[index].adding(fill.quantity.signed(side))
        }
        held[index] = left
        counted[index] = true
        liquidations.append(fill.executionID)
        if liquidations.count > Self.liquidationCountMax { liquidations.removeFirst() }
        steps.append(
            OrderEvent(
                meta: EventMeta(source: .trading),
                orderID: OrderID(rawValue: "liquidation-\(fill.executionID)"),
                instrument: instrument,
                strategy: Self.liquidation,
                state: .filled,
                side: side,
                type: .market,
                timeInForce: .immediateOrCancel,
                limitPrice: nil,
                quantity: fill.quantity,
                filledQuantity: fill.quantity,
                isReduceOnly: true,
                purpose: .liquidation,
                positionIndex: index,
                fill: fill,
                reason: "the margin was used up"
            )
        )
        waiting = nil
        campaign = nil
        for place in orders.indices {
            cancel(place, "a position of the instrument was liquidated", into: &steps)
        }
        protect(now: now, into: &steps)
    }

    /// What the position will be once the report is taken; nil where it is no execution.
    private static func tally(
        _ report: VenueReport.Kind,
        _ plan: OrderPlan,
        _ before: Quantity,
        _ instrument: Instrument
    ) throws(ExecutionError) -> Quantity? {
        guard case .filled(let fill) = report else { return nil }
        return try ExecutionError.exactly(instrument) { () throws(NumberError) in
            try before.adding(fill.quantity.signed(plan.side))
        }
    }

    private mutating func count(_ step: OrderMachine.Step, _ tally: Quantity?, _ plan: OrderPlan) {
        guard step.fill != nil, let tally else { return }
        held[plan.positionIndex] = tally
        counted[plan.positionIndex] = true
    }

    /// Moves one order by a report; not of the desk, which would be copied while one of its orders changes.
    private static func step(
        _ order: inout PlacedOrder,
        _ report: VenueReport.Kind,
        _ instrument: Instrument
    ) throws(ExecutionError)
        -> OrderMachine.Step?
    {
        do throws(OrderMachine.Failure) {
            return try order.apply(report)
        } catch {
            switch error {
            case .overfilled(let filled):
                throw .overfilled(order.id, quantity: order.plan.quantity, filled: filled)
            case .number(let error): throw .arithmetic(instrument, error)
            }
        }
    }
}
