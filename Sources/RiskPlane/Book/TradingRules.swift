import Contracts

/// What of an instrument's rules the checks ask for: small enough to be copied for every intent.
struct TradingRules: Hashable, Codable {
    /// Places of a margin rate that was divided.
    private static let ratePlaces: UInt8 = 8

    let status: InstrumentSpec.Status
    let quantityStep: Quantity
    let quantityMin: Quantity
    let quantityMax: Quantity?
    let notionalMin: Money?
    let leverageMax: Ratio?
    /// What a position holds back at least, as a fraction of its notional.
    let marginRate: Ratio
    /// Whether its notional counts in the account's quote asset.
    let isCounted: Bool
    let paysFunding: Bool

    init(_ spec: borrowing InstrumentSpec, _ limits: RiskLimits) {
        status = spec.status
        quantityStep = spec.quantityStep
        quantityMin = spec.quantityMin
        quantityMax = spec.quantityMax
        notionalMin = spec.notionalMin
        leverageMax = spec.leverageMax
        switch spec.instrument.category {
        case .spot:
            (marginRate, paysFunding) = (1, false)
            isCounted = spec.quoteCoin == limits.quoteCoin
        case .linear, .option:
            marginRate = Self.marginRate(spec.leverageMax, atLeast: limits.initialMarginRate)
            paysFunding = (spec.fundingIntervalMinutes ?? 0) > 0
            isCounted = spec.quoteCoin == limits.quoteCoin
        case .inverse:
            marginRate = Self.marginRate(spec.leverageMax, atLeast: limits.initialMarginRate)
            paysFunding = (spec.fundingIntervalMinutes ?? 0) > 0
            // Its quantity is its notional in USD, and that counts as the quote asset.
            isCounted = spec.quoteCoin == "USD"
        }
    }

    /// One over the leverage, never rounded down.
    private static func marginRate(_ leverageMax: Ratio?, atLeast least: Ratio) -> Ratio {
        guard let leverageMax, leverageMax.isPositive else { return least }
        let one = PowersOfTen.int128[Int(ratePlaces + leverageMax.scale)]
        let rate = one.divided(by: Int128(leverageMax.units), .up)
        return max(least, Int64(exactly: rate).map { Ratio(units: $0, scale: ratePlaces) } ?? 1)
    }
}

extension Instrument {
    /// What one unit of quantity is worth at `price`: an inverse contract is worth one USD at any.
    @inline(__always)
    func unitWorth(at price: Price) -> Price { category == .inverse ? 1 : price }
}
