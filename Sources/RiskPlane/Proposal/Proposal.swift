import Contracts

/// One intent on its way through the chain: what is wanted, how much of it is left, and what is known around it.
///
/// There is one of it, so that no check ever pays for a copy.
struct Proposal: ~Copyable {
    let intent: StrategyIntent
    let now: UnixMilliseconds
    /// Of the instrument's record in the book.
    let place: Int
    let facts: InstrumentFacts
    private(set) var around = Surroundings()
    /// The strategy's own part so far, and when it was last approved.
    let share: Quantity
    let approved: UnixMilliseconds?
    /// Own orders that rest on either side.
    let restingBid: Price?
    let restingAsk: Price?
    let unknownOrderCount: Int
    /// Where the venue would close what is held by force, by the books.
    let liquidationPrice: Price?
    /// The position that would be held; the checks only ever bring it nearer to `held`.
    private(set) var target = Quantity.zero
    /// The step from the position held to the one wanted, and how long it is.
    private(set) var step = Quantity.zero
    private(set) var size = Quantity.zero
    /// What the position wanted is worth.
    private(set) var notional = Money.zero
    /// The worst price that a fill of an entry can have: by the slippage allowed, and by the intent's own limit.
    private(set) var fillBound = Price.zero
    private(set) var isShrunk = false
    /// Whether the position only becomes smaller or stays.
    private(set) var isReducing = false
    /// What could not be computed on the way.
    private(set) var failure: Failure?

    struct Failure {
        let check: RiskCheck
        let error: any Error
    }

    /// Reads what the book knows; where a figure cannot be computed nothing is asked for, and ``failure`` says so.
    init(_ intent: StrategyIntent, at now: UnixMilliseconds, in book: inout RiskBook) {
        let place = book.place(of: intent.instrument)
        book.look(at: now)
        self.intent = intent
        self.now = now
        self.place = place
        facts = book.instruments.values[place].facts
        restingBid = book.instruments.values[place].holding.orders.restingBid
        restingAsk = book.instruments.values[place].holding.orders.restingAsk
        unknownOrderCount = book.instruments.values[place].holding.orders.unknownCount
        liquidationPrice = book.instruments.values[place].holding.liquidationPrice
        share = book.instruments.values[place].holding.quantity(of: intent.strategy)
        approved = book.instruments.values[place].holding.approved(of: intent.strategy)
        do {
            try around.look(around: intent, place: place, in: book)
            try aim(at: around.target)
            isReducing = around.isReducing
            if !isReducing { fillBound = try around.fillBound(of: intent, isBuy: !step.isNegative) }
        } catch {
            around = Surroundings()
            (target, step, size, notional, isReducing) = (.zero, .zero, .zero, .zero, false)
            failure = Failure(check: .arithmetic, error: error)
        }
    }

    var reach: Reach { around.reach }
    /// What all other instruments come to.
    var elsewhere: Exposure { around.elsewhere }
    /// The target of all other strategies on this instrument.
    var others: Quantity { around.others }
    /// The worst price at which a fill of this intent is counted.
    var worstPrice: Price { around.worstPrice }
    /// What one unit of the position is worth at the worst: by this intent or by the mark.
    var unitWorth: Price { around.unitWorth }
    /// The position as it is.
    var held: Quantity { around.reach.held }
    /// Whether it turns the position round: an exit and an entry in one.
    var isTurning: Bool { !held.isZero && !target.isZero && held.isNegative != target.isNegative }

    /// Remembers what a check could not compute.
    mutating func note(_ error: any Error, in check: RiskCheck) {
        if failure == nil { failure = Failure(check: check, error: error) }
    }

    /// Brings the target to `nearer`, which must lie on the way to it; false where nothing would be left.
    mutating func shrink(to nearer: Quantity) throws(NumberError) -> Bool {
        let after = try nearer.subtracting(held)
        // A limit stops what grows; it never turns the wish round.
        guard !after.isZero, after.isNegative == step.isNegative, try after.magnitude < size else {
            return false
        }
        try aim(at: nearer)
        isShrunk = true
        isReducing = try nearer.isWithin(held)
        return true
    }

    /// Leaves of a wish that turns the position round only its exit.
    mutating func keepExit() throws(NumberError) {
        try aim(at: .zero)
        isReducing = true
        isShrunk = true
    }

    /// Rounds the step towards zero to what the instrument allows.
    mutating func roundStep(to quantityStep: Quantity) throws(NumberError) {
        guard !step.isMultiple(of: quantityStep) else { return }
        try aim(at: held.adding(step.rounded(toMultipleOf: quantityStep, .towardZero)))
    }

    private mutating func aim(at target: Quantity) throws(NumberError) {
        step = try target.subtracting(held)
        size = try step.magnitude
        notional = try target.magnitude.times(unitWorth)
        self.target = target
    }
}
