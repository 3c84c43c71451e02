import Contracts

/// One intent on its way through the chain: what is wanted, how much of it is left, and what is known around it.
struct Proposal {
    let intent: StrategyIntent
    let now: UnixMilliseconds
    /// Of the instrument's record in the book.
    let place: Int
    let facts: InstrumentFacts
    let around: Surroundings
    /// The strategy's own part so far.
    let share: Share?
    /// Own orders that rest on either side.
    let restingBid: Price?
    let restingAsk: Price?
    let unknownOrderCount: Int
    /// Where the venue would close what is held by force, by the books.
    let liquidationPrice: Price?
    /// The position that would be held; the checks only ever bring it nearer to `held`.
    private(set) var target: Quantity
    private(set) var isShrunk = false
    /// Whether the position only becomes smaller or stays.
    private(set) var isReducing: Bool
    /// What could not be computed on the way.
    private(set) var failure: Failure?

    struct Failure {
        let check: RiskCheck
        let error: any Error
    }

    /// Reads what the book knows; where a figure cannot be computed nothing is asked for, and ``failure`` says so.
    init(_ intent: StrategyIntent, at now: UnixMilliseconds, in book: inout RiskBook) {
        let place = book.place(of: intent.instrument)
        self.intent = intent
        self.now = now
        self.place = place
        facts = book.instruments[place].facts
        restingBid = book.instruments[place].holding.orders.restingBid
        restingAsk = book.instruments[place].holding.orders.restingAsk
        unknownOrderCount = book.instruments[place].holding.orders.unknownCount
        liquidationPrice = book.instruments[place].holding.liquidationPrice
        share = book.instruments[place].holding.share(of: intent.strategy)
        var known = Surroundings()
        do {
            try book.expire(at: now)
            try known.look(around: intent, place: place, at: now, in: book)
        } catch {
            known = Surroundings()
            failure = Failure(check: .arithmetic, error: error)
        }
        around = known
        (target, isReducing) = (known.target, known.isReducing)
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
    var held: Quantity { reach.held }
    /// The step from the position held to the one wanted.
    var step: Quantity { get throws(NumberError) { try target.subtracting(held) } }
    /// Whether it turns the position round: an exit and an entry in one.
    var isTurning: Bool { !held.isZero && !target.isZero && held.isNegative != target.isNegative }
    /// What the position wanted is worth.
    var notional: Money { get throws(NumberError) { try target.magnitude.times(unitWorth) } }

    /// Remembers what a check could not compute.
    mutating func note(_ error: any Error, in check: RiskCheck) {
        if failure == nil { failure = Failure(check: check, error: error) }
    }

    /// Brings the target to `nearer`, which must lie on the way to it; false where nothing would be left.
    mutating func shrink(to nearer: Quantity) throws(NumberError) -> Bool {
        let before = try step
        let after = try nearer.subtracting(held)
        // A limit stops what grows; it never turns the wish round.
        guard !after.isZero, after.isNegative == before.isNegative,
            try after.magnitude < before.magnitude
        else { return false }
        target = nearer
        isShrunk = true
        isReducing = try nearer.isWithin(held)
        return true
    }

    /// Leaves of a wish that turns the position round only its exit.
    mutating func keepExit() {
        target = .zero
        isReducing = true
        isShrunk = true
    }

    /// Rounds the step towards zero to what the instrument allows.
    mutating func roundStep(to quantityStep: Quantity) throws(NumberError) {
        target = try held.adding(step.rounded(toMultipleOf: quantityStep, .towardZero))
    }
}
