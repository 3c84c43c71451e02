/// One position, from fills alone.
///
/// - Topic: `portfolio:position_update`; published by the PositionManager after each fill, and when marked anew.
/// - Units: quantity in base asset, signed; money in quote asset; fees positive: paid.
package struct PositionUpdate: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let instrument: Instrument
    package let quantity: Quantity
    /// Nil when flat.
    package let entryPrice: Price?
    package let markPrice: Price?
    package let realisedProfit: Money
    package let unrealisedProfit: Money
    package let fees: Money
    package let funding: Money

    package init(
        meta: EventMeta,
        instrument: Instrument,
        quantity: Quantity,
        entryPrice: Price?,
        markPrice: Price?,
        realisedProfit: Money,
        unrealisedProfit: Money,
        fees: Money,
        funding: Money
    ) {
        self.meta = meta
        self.instrument = instrument
        self.quantity = quantity
        self.entryPrice = entryPrice
        self.markPrice = markPrice
        self.realisedProfit = realisedProfit
        self.unrealisedProfit = unrealisedProfit
        self.fees = fees
        self.funding = funding
    }
}

/// The account as a whole.
///
/// - Topic: `portfolio:account_update`; equity = start + realised + unrealised - fees - funding.
package struct AccountUpdate: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let equity: Money
    package let available: Money
    package let realisedProfit: Money
    package let unrealisedProfit: Money
    package let fees: Money
    package let funding: Money

    package init(
        meta: EventMeta,
        equity: Money,
        available: Money,
        realisedProfit: Money,
        unrealisedProfit: Money,
        fees: Money,
        funding: Money
    ) {
        self.meta = meta
        self.equity = equity
        self.available = available
        self.realisedProfit = realisedProfit
        self.unrealisedProfit = unrealisedProfit
        self.fees = fees
        self.funding = funding
    }
}
