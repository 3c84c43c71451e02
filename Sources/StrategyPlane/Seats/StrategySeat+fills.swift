import Contracts

extension StrategySeat {
    /// Follows one step of an order of its own.
    mutating func note(_ order: borrowing OrderEvent) throws(NumberError) {
        isQuiet = false
        let before = held
        if let fill = order.fill { held = try held.adding(fill.quantity.signed(order.side)) }
        if order.purpose == .move, let correlationID = order.meta.correlationID,
            ask?.correlationID == correlationID
        {
            try ask?.take(order)
            if ask?.isReached == true { isUnfinished = false }
        }
        noteHeld(before: before, order.purpose)
    }

    /// A part of what it holds was taken away by an order of somebody else.
    mutating func lose(_ part: Quantity, _ purpose: OrderPurpose) throws(NumberError) {
        isQuiet = false
        let before = held
        held = try held.adding(part)
        noteHeld(before: before, purpose)
    }

    /// Gives up what it holds of somebody else's, which an order of its own has brought in; nil where it does not.
    ///
    /// It was to be flat, the position is where it was to be, and its own tally says otherwise.
    mutating func loseOthers(where net: Quantity) -> Quantity? {
        guard let ask, ask.exposure.isZero, ask.isReached, ask.target == net, !held.isZero else { return nil }
        let rest = held
        loseAll()
        return rest
    }

    /// Nothing is its own any more.
    mutating func loseAll() {
        isQuiet = false
        let before = held
        held = .zero
        noteHeld(before: before, .move)
    }

    /// Takes back what another seat holds of its own; false where that cannot be its own.
    mutating func takeBack(_ part: Quantity) throws(NumberError) -> Bool {
        guard let settled, !settled.isZero else { return false }
        let whole = try held.adding(part)
        guard !whole.isZero, whole.isNegative == settled.isNegative else { return false }
        isQuiet = false
        held = whole
        return true
    }

    /// Takes over a position that nobody accounts for.
    mutating func adopt(_ found: Quantity) {
        isQuiet = false
        held = found
        if settled?.isZero == true, !found.isZero { settled = nil }
    }

    /// Draws the consequences where nothing is held any more.
    mutating func noteHeld(before: Quantity, _ purpose: OrderPurpose) {
        guard held.isZero, !before.isZero else { return }
        if let asked = ask, asked.exposure.isZero, asked.verdict == .approved {
            ask?.reach()
            coolingBars = options.cooldownBars
            return
        }
        // An order to the other side passes zero on its way.
        if purpose == .move, let ask, ask.isOutstanding, !ask.exposure.isZero { return }
        goAway(purpose)
    }

    /// What it held is gone without its wish: it wants nothing until it decides anew.
    private mutating func goAway(_ purpose: OrderPurpose) {
        strategy.wentFlat()
        wanted = .flat(Self.text(purpose))
        isTurning = false
        awaitsAccount = false
        due = nil
        coolingBars = options.cooldownBars
        // Where an order of its own is still at work, the next bar asks for flat and so takes it back.
        guard ask?.openOrders.isEmpty != false else { return }
        settled = .zero
        ask = nil
        isUnfinished = false
    }

    private static func text(_ purpose: OrderPurpose) -> String {
        switch purpose {
        case .stopLoss: "the stop was filled"
        case .takeProfit: "the take profit was filled"
        case .liquidation: "the venue closed the position by force"
        case .move: "the position was closed by somebody else"
        }
    }
}
