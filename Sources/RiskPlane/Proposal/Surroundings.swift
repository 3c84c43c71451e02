import Contracts

/// The figures around an intent, computed once before any check asks; none where one cannot be computed.
struct Surroundings {
    private(set) var reach = Reach()
    private(set) var elsewhere = Exposure()
    private(set) var others = Quantity.zero
    private(set) var worstPrice = Price.zero
    private(set) var unitWorth = Price.zero
    private(set) var target = Quantity.zero
    private(set) var isReducing = false

    init() {}

    /// Computes them for `intent`.
    mutating func look(
        around intent: StrategyIntent,
        place: Int,
        at now: UnixMilliseconds,
        in book: borrowing RiskBook
    ) throws(NumberError) {
        reach = try book.instruments[place].holding.reach(at: now)
        elsewhere = try book.exposure(leavingOut: place, at: now)
        others = try book.instruments[place].holding.others(than: intent.strategy)
        worstPrice = try intent.referencePrice.raised(by: intent.slippageMax)
        let newest = Price.higher(worstPrice, book.instruments[place].price) ?? worstPrice
        unitWorth = intent.instrument.unitWorth(at: newest)
        // Without a step there is nothing to round to, and the instrument check refuses anyway: what is not known to
        // be tradable is no exit either.
        guard let rules = book.instruments[place].facts.rules, intent.referencePrice.isPositive else {
            return
        }
        let own = try intent.target.quantity(
            at: intent.instrument.unitWorth(at: intent.referencePrice),
            places: rules.quantityStep.scale
        )
        target = try own.rounded(toMultipleOf: rules.quantityStep, .towardZero).adding(others)
        isReducing = try target.isWithin(reach.held)
    }
}
