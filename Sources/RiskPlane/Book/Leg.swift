import Contracts

/// One of an instrument's positions: the only one, or one side of a hedged pair.
struct Leg: Hashable, Codable {
    /// Signed; by risk's own tally of fills.
    var quantity = Quantity.zero
    private(set) var margin: Money?
    private(set) var liquidationPrice: Price?
    /// As the books told it last; nil before they did.
    private(set) var told: Quantity?
    /// The books' profit when this round trip began.
    private var tripBase: Money?

    /// Takes the books' figures over; gives the round trip's profit where one has just ended.
    mutating func take(_ update: borrowing PositionUpdate) throws(NumberError) -> Money? {
        margin = update.margin
        liquidationPrice = update.liquidationPrice
        let profit = try update.realisedProfit.subtracting(update.fees).subtracting(update.funding)
        let before = told ?? .zero
        told = update.quantity
        guard let base = tripBase else {
            tripBase = profit
            return nil
        }
        let hasEnded =
            !before.isZero && (update.quantity.isZero || update.quantity.isNegative != before.isNegative)
        guard hasEnded else { return nil }
        tripBase = profit
        return try profit.subtracting(base)
    }

    /// Takes over what was kept, unless the books have told since.
    mutating func restore(_ kept: Leg) {
        if told == nil { self = kept } else if !quantity.isZero { tripBase = kept.tripBase ?? tripBase }
    }
}

/// An instrument's positions, by the exchange's index.
struct Legs: Hashable, Codable {
    private var oneWay = Leg()
    private var hedgeLong = Leg()
    private var hedgeShort = Leg()

    subscript(index: PositionIndex) -> Leg {
        get {
            switch index {
            case .oneWay: oneWay
            case .hedgeLong: hedgeLong
            case .hedgeShort: hedgeShort
            }
        }
        set {
            switch index {
            case .oneWay: oneWay = newValue
            case .hedgeLong: hedgeLong = newValue
            case .hedgeShort: hedgeShort = newValue
            }
        }
    }

    /// Long less short.
    var net: Quantity {
        get throws(NumberError) {
            try oneWay.quantity.adding(hedgeLong.quantity).adding(hedgeShort.quantity)
        }
    }

    /// Long and short together.
    var gross: Quantity {
        get throws(NumberError) {
            try oneWay.quantity.magnitude.adding(hedgeLong.quantity.magnitude)
                .adding(hedgeShort.quantity.magnitude)
        }
    }

    /// What the books say that they hold back; zero where they do not.
    var margin: Money {
        get throws(NumberError) {
            try (oneWay.margin ?? .zero).adding(hedgeLong.margin ?? .zero).adding(hedgeShort.margin ?? .zero)
        }
    }

    /// Where the leg on this side would be closed by force.
    func liquidationPrice(isLong: Bool) -> Price? {
        if !oneWay.quantity.isZero { return oneWay.liquidationPrice }
        return isLong ? hedgeLong.liquidationPrice : hedgeShort.liquidationPrice
    }
}
