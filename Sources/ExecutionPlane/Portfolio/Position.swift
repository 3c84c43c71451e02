import Contracts

/// One instrument's position by exact cost: what was paid for it, never an average that was rounded.
///
/// The cost leaves with the quantity in shares that are taken off it exactly, so that realised plus unrealised profit
/// is always, to the last digit, what came in less what went out plus what is held.
struct Position: Hashable, Codable {
    /// Decimal places to which the cost of a part is rounded; what is rounded off stays with the rest.
    private static let costPlaces: UInt8 = 12
    /// Decimal places that an average price has beyond those of the fills.
    private static let averagePlaces: UInt8 = 4

    /// Signed.
    private(set) var quantity = Quantity.zero
    /// What the quantity held has cost; signed like it.
    private(set) var cost = Money.zero
    private(set) var realisedProfit = Money.zero
    private(set) var fees = Money.zero
    private(set) var funding = Money.zero
    /// The newest price the position was valued at.
    var mark: Price?
    private var priceScale: UInt8 = 0

    init() {}

    /// Books one fill.
    mutating func book(_ fill: Fill, _ side: Side) throws(NumberError) {
        let step = try side == .buy ? fill.quantity : fill.quantity.negated()
        fees = try fees.adding(fill.fee)
        priceScale = max(priceScale, fill.price.scale)
        if mark == nil { mark = fill.price }
        guard !quantity.isZero, step.isNegative != quantity.isNegative else {
            return try open(step, at: fill.price)
        }
        guard try step.magnitude > quantity.magnitude else { return try close(step, at: fill.price) }
        let rest = try quantity.adding(step)
        try close(quantity.negated(), at: fill.price)
        try open(rest, at: fill.price)
    }

    /// What closing everything at the mark would add; zero when flat.
    var unrealisedProfit: Money {
        get throws(NumberError) {
            guard let mark, !quantity.isZero else { return .zero }
            return try quantity.times(mark).subtracting(cost)
        }
    }

    /// The value of the position at the mark, without its sign.
    var notional: Money {
        get throws(NumberError) {
            guard let mark else { return .zero }
            return try quantity.magnitude.times(mark)
        }
    }

    /// The average price of what is held; nil when flat.
    var entryPrice: Price? {
        get throws(NumberError) {
            guard !quantity.isZero else { return nil }
            return try cost.per(quantity, places: min(priceScale + Self.averagePlaces, max(priceScale, 12)))
        }
    }

    private mutating func open(_ step: Quantity, at price: Price) throws(NumberError) {
        quantity = try quantity.adding(step)
        cost = try cost.adding(step.times(price))
    }

    private mutating func close(_ step: Quantity, at price: Price) throws(NumberError) {
        let closed = try step.negated()
        let rest = try quantity.adding(step)
        let released =
            try rest.isZero
            ? cost : cost.share(closed.magnitude, of: quantity.magnitude, places: Self.costPlaces)
        realisedProfit = try realisedProfit.adding(closed.times(price).subtracting(released))
        cost = try rest.isZero ? .zero : cost.subtracting(released)
        quantity = rest
    }
}
