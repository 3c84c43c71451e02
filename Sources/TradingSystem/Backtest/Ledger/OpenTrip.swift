import Contracts

/// A round trip under way: its cash flows so far.
struct OpenTrip {
    private static let places: UInt8 = 18

    let instrument: Instrument
    let strategy: StrategyID
    let side: Side
    let entryTime: UnixMilliseconds
    let entryReason: String
    let regime: String
    /// Signed; zero when the trip is over.
    private(set) var held = Quantity.zero
    private var most = Quantity.zero
    private var entered = Flow()
    private var left = Flow()
    private(set) var profit = ProfitSplit()
    private var highest: Price?
    private var lowest: Price?

    /// Quantity and worth of the fills of one direction.
    fileprivate struct Flow {
        var quantity = Quantity.zero
        var worth = Money.zero
    }

    init(
        _ instrument: Instrument,
        _ strategy: StrategyID,
        _ side: Side,
        at time: UnixMilliseconds,
        reason: String,
        regime: String
    ) {
        self.instrument = instrument
        self.strategy = strategy
        self.side = side
        entryTime = time
        entryReason = reason
        self.regime = regime
    }

    /// Books a fill, or the part of one that does not go through zero.
    mutating func book(
        _ signed: Quantity,
        at price: Price,
        fee: Money,
        reference: Price?
    ) throws(NumberError) {
        let size = try signed.magnitude
        let isEntry = signed.isNegative == (side == .sell)
        let worth = try Self.worth(of: size, at: price, instrument.category)
        if isEntry { try entered.add(size, worth) } else { try left.add(size, worth) }
        held = try held.adding(signed)
        most = max(most, try held.magnitude)
        profit.fees = try profit.fees.adding(fee)
        // Bought is paid and sold is received; of an inverse contract the other way round.
        let flow = signed.isNegative == (instrument.category == .inverse) ? try worth.negated() : worth
        profit.price = try profit.price.adding(flow)
        guard let reference else { return }
        let cost = try Self.slippage(signed, price, reference, instrument.category)
        profit.slippage = try profit.slippage.adding(cost)
        profit.price = try profit.price.adding(cost)
    }

    mutating func settle(_ amount: Money) throws(NumberError) {
        profit.funding = try profit.funding.adding(amount)
    }

    mutating func see(high: Price, low: Price) {
        highest = max(highest ?? high, high)
        lowest = min(lowest ?? low, low)
    }

    func closed(at time: UnixMilliseconds, reason: String) throws(NumberError) -> BacktestTrip {
        BacktestTrip(
            instrument: instrument,
            strategy: strategy,
            side: side,
            entryTime: entryTime,
            entryPrice: try entered.price(instrument.category),
            exitTime: time,
            exitPrice: try left.price(instrument.category),
            quantity: most,
            profit: profit,
            highest: highest,
            lowest: lowest,
            entryReason: entryReason,
            exitReason: reason,
            regime: regime
        )
    }

    /// What a fill cost against the price that was seen, above zero where it was worse.
    static func slippage(
        _ signed: Quantity,
        _ price: Price,
        _ reference: Price,
        _ category: Category
    ) throws(NumberError) -> Money {
        guard category == .inverse else { return try price.subtracting(reference).times(signed) }
        let paid = try worth(of: signed, at: price, category)
        return try worth(of: signed, at: reference, category).subtracting(paid)
    }

    /// In quote asset, exact; of an inverse contract in base coin, rounded once.
    static func worth(
        of quantity: Quantity,
        at price: Price,
        _ category: Category
    ) throws(NumberError) -> Money {
        guard category == .inverse else { return quantity.times(price) }
        return try Money(units: Int128(quantity.units), scale: quantity.scale).share(
            1,
            of: Quantity(units: price.units, scale: price.scale),
            places: places
        )
    }
}

extension OpenTrip.Flow {
    fileprivate mutating func add(_ size: Quantity, _ worth: Money) throws(NumberError) {
        quantity = try quantity.adding(size)
        self.worth = try self.worth.adding(worth)
    }

    /// The mean price; zero without fills.
    fileprivate func price(_ category: Category) throws(NumberError) -> Price {
        guard !quantity.isZero, !worth.isZero else { return .zero }
        if category == .inverse {
            let size = Money(units: Int128(quantity.units), scale: quantity.scale)
            return try size.per(Quantity(nearestTo: worth.approximate, scale: 12), places: 8)
        }
        return try worth.rounded(places: 18).per(quantity, places: 8)
    }
}
