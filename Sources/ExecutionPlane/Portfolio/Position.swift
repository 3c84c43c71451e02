import Contracts

/// One position by exact cost: what was paid for it, never an average that was rounded.
///
/// The cost leaves with the quantity in shares that are taken off it exactly, so that realised plus unrealised profit
/// is always, to the last digit, what came in less what went out plus what is held.
struct Position: Hashable {
    /// Decimal places that an average price has beyond those of the fills.
    private static let averagePlaces: UInt8 = 4
    private static let averagePlacesMax: UInt8 = 12

    let instrument: Instrument
    let index: PositionIndex
    let kind: ContractKind
    /// The place of the settle coin in the portfolio.
    let coin: Int
    /// Signed; inverse: contracts of 1 USD.
    private(set) var quantity = Quantity.zero
    /// What the quantity held has cost; signed like it.
    private(set) var cost = Money.zero
    private(set) var realisedProfit = Money.zero
    private(set) var fees = Money.zero
    private(set) var funding = Money.zero
    private(set) var priceScale: UInt8 = 0
    /// The price that the position was last valued at.
    private(set) var mark: Price?
    /// When a mark was last told.
    private(set) var markedAt: UnixMilliseconds = 0
    /// What the newest fill followed from; so does the funding that the position pays.
    private(set) var correlationID: CorrelationID?

    // What follows from the above, kept because it is told more often than it changes.
    private(set) var entryPrice: Price?
    private(set) var liquidationPrice: Price?
    private(set) var unrealisedProfit = Money.zero
    private(set) var margin = Money.zero

    init(_ instrument: Instrument, _ index: PositionIndex, coin: Int) {
        self.instrument = instrument
        self.index = index
        self.coin = coin
        kind = ContractKind(instrument.category)
    }

    init(restoring entry: PortfolioBody.Entry, coin: Int, _ model: MarginModel) throws(NumberError) {
        self.init(entry.instrument, entry.positionIndex, coin: coin)
        quantity = entry.quantity
        cost = entry.cost
        realisedProfit = entry.realisedProfit
        fees = entry.fees
        funding = entry.funding
        priceScale = entry.priceScale
        markedAt = entry.markedAt
        correlationID = entry.correlationID
        describe(model)
        if let mark = entry.mark { try value(at: mark, model) }
    }

    /// Books one fill and values what is held then.
    mutating func book(
        _ fill: Fill,
        _ side: Side,
        mark: Price,
        correlationID: CorrelationID?,
        _ model: MarginModel
    ) throws(NumberError) {
        let step = try side == .buy ? fill.quantity : fill.quantity.negated()
        let value = try kind.value(of: step, at: fill.price)
        fees = try fees.adding(fill.fee)
        priceScale = max(priceScale, fill.price.scale)
        if let correlationID { self.correlationID = correlationID }
        if quantity.isZero || step.isNegative == quantity.isNegative {
            quantity = try quantity.adding(step)
            cost = try cost.adding(value)
        } else if try step.magnitude <= quantity.magnitude {
            try close(step, value)
        } else {
            // Valued once as a whole; what the closing part does not take stays with what is opened.
            let rest = try quantity.adding(step)
            let closing = try quantity.negated()
            let part = try kind.value(of: closing, at: fill.price)
            try close(closing, part)
            quantity = rest
            cost = try value.subtracting(part)
        }
        describe(model)
        try self.value(at: mark, model)
    }

    mutating func settle(_ payment: FundingPayment) throws(NumberError) {
        funding = try funding.adding(payment.amount)
    }

    /// Values what is held at another price.
    mutating func value(at mark: Price, _ model: MarginModel) throws(NumberError) {
        self.mark = mark
        guard !quantity.isZero else {
            (unrealisedProfit, margin) = (.zero, .zero)
            return
        }
        let value = try kind.value(of: quantity, at: mark)
        unrealisedProfit = try kind.profit(value: value, cost: cost)
        margin = try model.margin(of: value, kind)
    }

    /// The same, where the value is told because of its mark alone.
    mutating func value(
        at mark: Price,
        tellingAt now: UnixMilliseconds,
        _ model: MarginModel
    ) throws(NumberError) {
        try value(at: mark, model)
        markedAt = now
    }

    private mutating func close(_ step: Quantity, _ value: Money) throws(NumberError) {
        let rest = try quantity.adding(step)
        let released =
            try rest.isZero
            ? cost : cost.share(step.magnitude, of: quantity.magnitude, places: kind.places)
        realisedProfit = try realisedProfit.adding(kind.profit(value: value.negated(), cost: released))
        cost = try rest.isZero ? .zero : cost.subtracting(released)
        quantity = rest
    }

    private mutating func describe(_ model: MarginModel) {
        let places = min(priceScale + Self.averagePlaces, max(priceScale, Self.averagePlacesMax))
        entryPrice = kind.averagePrice(of: quantity, cost: cost, places: places)
        liquidationPrice = entryPrice.flatMap {
            model.liquidationPrice(entry: $0, isLong: quantity.isPositive, kind)
        }
    }
}
