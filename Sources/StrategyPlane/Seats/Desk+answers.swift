import Contracts

extension Desk {
    /// Follows one step of an order on the instrument.
    mutating func take(_ order: borrowing OrderEvent) throws(NumberError) {
        if let fill = order.fill {
            let step = try fill.quantity.signed(order.side)
            positions[order.positionIndex] = try positions[order.positionIndex].adding(step)
            lastFill = order.meta.ts
        }
        if order.purpose != .liquidation, let place = place(of: order.strategy) {
            try seats[place].note(order)
            return try handOver(from: place)
        }
        if let fill = order.fill { try absorb(fill.quantity.signed(order.side), order.purpose) }
    }

    /// Takes over the books' word; the seats that may turn round now are due.
    ///
    /// An update that answers a fill comes after that fill, which has been counted by then; any other states the
    /// position as it is, but may be behind within the time of a fill.
    mutating func take(_ update: borrowing PositionUpdate) throws(NumberError) {
        let index = update.positionIndex
        if update.meta.correlationID == nil, update.meta.ts > lastFill {
            positions[index] = update.quantity
            try reconcile()
        }
        guard positions[index] == update.quantity else { return }
        let net = try positions.net
        for place in seats.indices {
            if let target = seats[place].ask?.target, target == net { seats[place].ask?.reach() }
            seats[place].turn()
        }
    }

    /// Risk approved the intent of one seat.
    mutating func take(_ approved: borrowing ApprovedIntent) throws(NumberError) {
        guard let place = seat(of: approved.strategy, asking: approved.meta.correlationID) else { return }
        try seats[place].noteApproval(
            of: approved.targetQuantity,
            net: positions.net,
            others: held(besides: place)
        )
        try handOver(from: place)
    }

    /// Risk refused the intent of one seat.
    mutating func take(_ rejected: borrowing RejectedIntent) {
        guard let place = seat(of: rejected.strategy, asking: rejected.meta.correlationID) else { return }
        seats[place].noteRejection()
    }

    /// The seat of a strategy, where its current intent is the one that is answered.
    private func seat(of strategy: StrategyID, asking correlationID: CorrelationID?) -> Int? {
        guard let correlationID, let place = place(of: strategy),
            seats[place].ask?.correlationID == correlationID
        else { return nil }
        return place
    }

    /// Gives what a seat holds of others back to its owner.
    private mutating func handOver(from place: Int) throws(NumberError) {
        guard let rest = try seats[place].loseOthers(where: positions.net) else { return }
        for other in seats.indices where other != place {
            if try seats[other].takeBack(rest) { return }
        }
    }

    /// Takes a fill of nobody's order off the seats whose position it closes, one after the other.
    private mutating func absorb(_ step: Quantity, _ purpose: OrderPurpose) throws(NumberError) {
        var rest = step
        for place in seats.indices where !rest.isZero {
            let held = seats[place].held
            guard !held.isZero, held.isNegative != rest.isNegative else { continue }
            let part = try rest.magnitude > held.magnitude ? held.negated() : rest
            try seats[place].lose(part, purpose)
            rest = try rest.subtracting(part)
        }
    }

    /// Brings the seats in line with the books.
    private mutating func reconcile() throws(NumberError) {
        let (net, ours) = try (positions.net, seatsHeld)
        guard net != ours else { return }
        if positions.isFlat {
            for place in seats.indices { seats[place].loseAll() }
        } else if awaitsBooks, seats.count == 1 {
            // Filled after the state was kept: one seat has it all.
            seats[0].adopt(net)
        }
    }
}

extension StrategySeat {
    /// Goes on to the other side, now that nothing is held.
    fileprivate mutating func turn() {
        guard isTurning, held.isZero else { return }
        isTurning = false
        // While nothing may be entered, the bars ask.
        if isBarred || coolingBars > 0 { return }
        if options.sizing.needsEquity { awaitsAccount = true } else { due = .now }
    }
}
