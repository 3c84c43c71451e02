import Contracts

/// One intent on its way through the chain: what is wanted, and how much of it is left.
struct Proposal {
    let intent: StrategyIntent
    let now: UnixMilliseconds
    let limits: RiskLimits
    let book: RiskBook
    let spec: InstrumentSpec?
    /// The position as it is.
    let held: Quantity
    /// The worst price at which a fill of this intent is counted.
    let worstPrice: Price
    /// The position that would be held; the checks only ever bring it nearer to `held`.
    private(set) var target: Quantity
    private(set) var isShrunk = false
    /// Whether the position only becomes smaller or stays.
    let isReducing: Bool

    init(
        _ intent: StrategyIntent,
        now: UnixMilliseconds,
        limits: RiskLimits,
        book: RiskBook
    ) throws(NumberError) {
        let holding = book.holdings[intent.instrument] ?? Holding()
        let spec = book.specs[intent.instrument]
        self.intent = intent
        self.now = now
        self.limits = limits
        self.book = book
        self.spec = spec
        held = holding.quantity
        worstPrice = try intent.referencePrice.raised(by: intent.slippageMax)
        // Without a step there is nothing to round to, and the instrument check refuses anyway.
        guard let spec, intent.referencePrice.isPositive else {
            (target, isReducing) = (.zero, false)
            return
        }
        let own = try intent.target.quantity(at: intent.referencePrice, places: spec.quantityStep.scale)
        let wanted = try own.rounded(toMultipleOf: spec.quantityStep, .towardZero)
        target = try wanted.adding(holding.others(than: intent.strategy))
        isReducing = try target.isWithin(held)
    }

    /// The step from the position held to the one wanted.
    var step: Quantity { get throws(NumberError) { try target.subtracting(held) } }

    /// Brings the target nearer, so that the step is at most `quantityMax` long; false where nothing would be left.
    mutating func shrinkStep(to quantityMax: Quantity) throws(NumberError) -> Bool {
        let step = try step
        guard try step.magnitude > quantityMax else { return true }
        guard quantityMax.isPositive else { return false }
        target = try held.adding(step.isNegative ? quantityMax.negated() : quantityMax)
        isShrunk = true
        return true
    }

    /// Brings the target nearer, so that the position is at most `quantityMax`; false where nothing would be left.
    mutating func shrinkPosition(to quantityMax: Quantity) throws(NumberError) -> Bool {
        guard try target.magnitude > quantityMax else { return true }
        let shrunk = try target.isNegative ? quantityMax.negated() : quantityMax
        let before = try step
        let after = try shrunk.subtracting(held)
        // A limit stops what grows; it never turns the wish round.
        guard !after.isZero, after.isNegative == before.isNegative else { return false }
        target = shrunk
        isShrunk = true
        return true
    }

    /// Rounds the step towards zero to what the instrument allows.
    mutating func roundStep(to quantityStep: Quantity) throws(NumberError) {
        target = try held.adding(step.rounded(toMultipleOf: quantityStep, .towardZero))
    }

    /// The quantity that `notional` pays for at the worst price, rounded towards zero.
    func quantity(for notional: Money) throws(NumberError) -> Quantity {
        guard !notional.isNegative, let spec else { return .zero }
        return try notional.quantity(at: worstPrice, places: spec.quantityStep.scale)
            .rounded(toMultipleOf: spec.quantityStep, .towardZero)
    }
}

extension Quantity {
    /// Whether holding this instead of `held` adds no exposure.
    func isWithin(_ held: Quantity) throws(NumberError) -> Bool {
        if isZero { return true }
        guard isNegative == held.isNegative else { return false }
        return try magnitude <= held.magnitude
    }
}

extension Price {
    /// The price `fraction` above, never rounded down.
    func raised(by fraction: Ratio) throws(NumberError) -> Price {
        let places = min(scale + 2, 18)
        let exact = times(try fraction.adding(1))
        guard exact.scale > places else { return try Price(exact.units, scale: exact.scale) }
        return try Price(
            exact.units.divided(by: PowersOfTen.int128[Int(exact.scale - places)], .up),
            scale: places
        )
    }

    private init(_ units: Int128, scale: UInt8) throws(NumberError) {
        guard let narrow = Int64(exactly: units) else { throw .overflow }
        self.init(units: narrow, scale: scale)
    }
}
