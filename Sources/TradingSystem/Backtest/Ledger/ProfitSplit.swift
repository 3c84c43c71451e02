import Contracts

/// Where a profit comes from.
///
/// - Units: `price` is what prices brought at the prices that were seen at the decisions, open positions included; the
///   others are costs, above zero where paid.
package struct ProfitSplit: Codable, Hashable, Sendable {
    package var price = Money.zero
    package var fees = Money.zero
    package var funding = Money.zero
    package var slippage = Money.zero

    package init() {}

    /// What is left; nil where it cannot be kept exactly.
    package var net: Money? { try? price.subtracting(fees).subtracting(funding).subtracting(slippage) }
}

/// One execution.
package struct BacktestFill: Codable, Hashable, Sendable {
    package let time: UnixMilliseconds
    package let instrument: Instrument
    package let strategy: StrategyID
    /// Signed.
    package let quantity: Quantity
    package let price: Price
    package let fee: Money
    package let liquidity: Liquidity
    package let purpose: OrderPurpose
    /// The price at the decision, or a stop's own; nil where nobody asked for it.
    package let reference: Price?
}

/// A position from its first fill to its last, or what is open of one at the end.
///
/// - Units: prices are means over the fills; `quantity` is the most that was held.
package struct BacktestTrip: Codable, Hashable, Sendable {
    package let instrument: Instrument
    package let strategy: StrategyID
    package let side: Side
    package let entryTime: UnixMilliseconds
    package let entryPrice: Price
    package let exitTime: UnixMilliseconds
    package let exitPrice: Price
    package let quantity: Quantity
    package let profit: ProfitSplit
    /// The best and worst price while it was open, where candles tell them.
    package let highest: Price?
    package let lowest: Price?
    package let entryReason: String
    package let exitReason: String
    /// The regime at the entry; empty where none was named.
    package let regime: String
}
