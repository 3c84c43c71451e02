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
        in book: borrowing RiskBook
    ) throws(NumberError) {
        guard let reach = book.instruments.values[place].reach else { throw .malformed }
        self.reach = reach
        others = try book.instruments.values[place].holding.others(than: intent.strategy)
        worstPrice = try intent.referencePrice.raised(by: intent.slippageMax)
        let newest = Price.higher(worstPrice, book.instruments.values[place].price) ?? worstPrice
        unitWorth = intent.instrument.unitWorth(at: newest)
        try aim(intent, book.instruments.values[place].facts.rules)
        // An exit depends on no other instrument.
        if !isReducing { elsewhere = try book.exposure(leavingOut: place) }
    }

    /// From the strategy's own exposure to the instrument's position.
    private mutating func aim(_ intent: StrategyIntent, _ rules: TradingRules?) throws(NumberError) {
        // Without a step there is nothing to round to, and the instrument check refuses anyway: what is not known to
        // be tradable is no exit either.
        guard let rules, intent.referencePrice.isPositive else { return }
        let own = try intent.target.quantity(
            at: intent.instrument.unitWorth(at: intent.referencePrice),
            places: rules.quantityStep.scale
        )
        target = try own.rounded(toMultipleOf: rules.quantityStep, .towardZero).adding(others)
        isReducing = try target.isWithin(reach.held)
    }
}
