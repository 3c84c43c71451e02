import Contracts

/// What the paper venue charges, where its liquidity comes from and how long its messages take.
///
/// - Units: fees, slippage and the maintenance rate are fractions of the value traded or held; a fee below zero is
///   paid to the account; latencies in milliseconds of event time.
package struct PaperVenueSettings: Hashable, Sendable {
    /// What orders are filled from.
    package enum Liquidity: Hashable, Sendable {
        /// The live order book, with a place in the queue for orders that rest.
        case book
        /// The public trades: a marketable order is filled at the last one's price, made worse by `slippage`.
        case trades(slippage: Ratio)
        /// The candles: a marketable order is filled at a bar's open, made worse by `slippage`.
        case candles(slippage: Ratio)
    }

    package var liquidity: Liquidity
    package var takerFee: Ratio
    package var makerFee: Ratio
    /// From the engine to the venue; 0: at once.
    package var orderLatencyMilliseconds: Int64
    /// From the venue back; 0: at once.
    package var reportLatencyMilliseconds: Int64
    /// The leverage of every position, isolated; 0: nothing is ever liquidated.
    package var leverage: Ratio
    /// The share of a position's value that must stay covered.
    package var maintenanceRate: Ratio

    package init(
        liquidity: Liquidity = .book,
        takerFee: Ratio = Ratio(units: 55, scale: 5),
        makerFee: Ratio = Ratio(units: 2, scale: 4),
        orderLatencyMilliseconds: Int64 = 0,
        reportLatencyMilliseconds: Int64 = 0,
        leverage: Ratio = 0,
        maintenanceRate: Ratio = Ratio(units: 5, scale: 3)
    ) {
        precondition(
            orderLatencyMilliseconds >= 0 && reportLatencyMilliseconds >= 0,
            "a message takes no time or some"
        )
        precondition(!leverage.isNegative, "a leverage is zero, for none, or above")
        precondition(
            leverage.approximate * maintenanceRate.approximate < 1,
            "a position whose margin is below the maintenance rate would be liquidated as it opens"
        )
        self.liquidity = liquidity
        self.takerFee = takerFee
        self.makerFee = makerFee
        self.orderLatencyMilliseconds = orderLatencyMilliseconds
        self.reportLatencyMilliseconds = reportLatencyMilliseconds
        self.leverage = leverage
        self.maintenanceRate = maintenanceRate
    }
}
