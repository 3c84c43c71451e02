import Contracts

/// What engine and venue need of an instrument's trading rules; small enough to be carried about.
struct OrderRules: Hashable, Codable {
    let status: InstrumentSpec.Status
    let tick: Price
    let step: Quantity
    let least: Quantity
    /// Of one order; nil where the exchange names none.
    let most: Quantity?
    let leastNotional: Money?

    init(_ spec: borrowing InstrumentSpec) {
        status = spec.status
        tick = spec.tickSize
        step = spec.quantityStep
        least = spec.quantityMin
        most = spec.quantityMax
        leastNotional = spec.notionalMin
    }
}
