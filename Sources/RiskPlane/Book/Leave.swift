import Contracts

/// Leave that was given and may still become a fill.
struct Leave: Hashable, Codable {
    let correlationID: CorrelationID?
    let strategy: StrategyID
    /// The position that may be held.
    let target: Quantity
    /// The worst price of a fill.
    let price: Price
    let expires: UnixMilliseconds
    /// Whether what is not filled at once is left.
    let isAtOnce: Bool
    /// Whether an order of it has been seen.
    var isOrdered = false
    var isEnded = false

    /// Whether it may still lead to another order.
    func isOpen(at now: UnixMilliseconds) -> Bool { !isEnded && now < expires }
}

extension ExecutionStyle {
    /// How long its orders may go on, from the approval.
    var durationMilliseconds: Int64 {
        switch self {
        case .marketable: 0
        case .passive(let wait): max(0, wait)
        case .twap(let slices, let interval): Int64(max(0, slices)) * max(0, interval)
        }
    }
}

/// What one strategy's approved intents add to the instrument's target.
struct Share: Hashable, Codable {
    let strategy: StrategyID
    var quantity: Quantity
    /// Its newest approval.
    var approved: UnixMilliseconds?
}
