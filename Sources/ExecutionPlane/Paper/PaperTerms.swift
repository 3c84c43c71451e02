import Contracts

/// The venue's settings, worked out once for the hot path.
struct PaperTerms {
    enum Mode { case book, trades, candles }

    /// Places that an amount in base coin is rounded to, half to even.
    static let coinPlaces: UInt8 = 18

    let mode: Mode
    private let buyFactor: Ratio
    private let sellFactor: Ratio
    private let takerFee: Ratio
    private let makerFee: Ratio
    let leverage: Ratio
    let maintenanceRate: Ratio

    var liquidates: Bool { leverage.isPositive }

    init(_ settings: PaperVenueSettings) {
        let slippage: Ratio
        switch settings.liquidity {
        case .book: (mode, slippage) = (.book, 0)
        case .trades(let ratio): (mode, slippage) = (.trades, ratio)
        case .candles(let ratio): (mode, slippage) = (.candles, ratio)
        }
        do throws(NumberError) {
            buyFactor = try slippage.adding(1)
            sellFactor = try Ratio(1).subtracting(slippage)
        } catch {
            preconditionFailure("a slippage of \(slippage) is no fraction")
        }
        takerFee = settings.takerFee
        makerFee = settings.makerFee
        leverage = settings.leverage
        maintenanceRate = settings.maintenanceRate
    }

    /// What `side` pays where the market is at `price`: worse by the slippage, exact.
    func slipped(_ price: Price, _ side: Side) throws(NumberError) -> Price {
        let exact = price.times(side == .buy ? buyFactor : sellFactor)
        var (units, scale) = (exact.units, exact.scale)
        while scale > price.scale, units % 10 == 0 { (units, scale) = (units / 10, scale - 1) }
        guard scale <= Price.scaleMax else { throw .tooFine }
        guard let narrow = Int64(exactly: units) else { throw .overflow }
        return Price(units: narrow, scale: scale)
    }

    /// The fee of one execution, in the coin that the instrument is settled in.
    func fee(
        _ quantity: Quantity,
        _ price: Price,
        _ liquidity: Liquidity,
        _ category: Category
    ) throws(NumberError) -> Money {
        let rate = liquidity == .maker ? makerFee : takerFee
        guard category == .inverse else { return try quantity.times(price).times(rate) }
        return try Self.share(of: quantity.times(rate), per: price)
    }

    /// What a quantity is worth at a price: in quote asset, exact; of an inverse contract in base coin, rounded.
    static func value(
        of quantity: Quantity,
        at price: Price,
        _ category: Category
    ) throws(NumberError) -> Money {
        guard category == .inverse else { return quantity.times(price) }
        return try share(of: Money(units: Int128(quantity.units), scale: quantity.scale), per: price)
    }

    /// The amount divided by a price, rounded half to even.
    static func share(of amount: Money, per price: Price) throws(NumberError) -> Money {
        try amount.share(1, of: Quantity(units: price.units, scale: price.scale), places: coinPlaces)
    }
}
