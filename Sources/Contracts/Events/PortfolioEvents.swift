/// One position, from fills alone.
///
/// - Topic: `portfolio:position_update`; published by the PositionManager after each fill, and when marked anew.
/// - Units: quantity in base asset (inverse: contracts of 1 USD), signed; money in `coin`; fees positive: paid.
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
    package let positionIndex: PositionIndex
    /// The coin that the position is settled in.
    package let coin: String
    /// Where the venue would close it by force; nil where it would not, or nobody knows.
    package let liquidationPrice: Price?
    /// What of the account the position holds back.
    package let margin: Money?

    package init(
        meta: EventMeta,
        instrument: Instrument,
        quantity: Quantity,
        entryPrice: Price?,
        markPrice: Price?,
        realisedProfit: Money,
        unrealisedProfit: Money,
        fees: Money,
        funding: Money,
        positionIndex: PositionIndex = .oneWay,
        coin: String = "USDT",
        liquidationPrice: Price? = nil,
        margin: Money? = nil
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
        self.positionIndex = positionIndex
        self.coin = coin
        self.liquidationPrice = liquidationPrice
        self.margin = margin
    }
}

/// The account as a whole.
///
/// - Units: money in `coin`; what is settled in other coins stands in `wallets`, and in `equity` at their marks.
/// - Topic: `portfolio:account_update`; equity = start + realised + unrealised - fees - funding.
package struct AccountUpdate: Hashable, Codable, Sendable {
    /// What the account holds of one coin.
    package struct Wallet: Hashable, Codable, Sendable {
        package let coin: String
        /// Start + realised + unrealised - fees - funding, in the coin itself, exact.
        package let equity: Money

        package init(coin: String, equity: Money) {
            self.coin = coin
            self.equity = equity
        }
    }

    package var meta: EventMeta
    package let equity: Money
    package let available: Money
    package let realisedProfit: Money
    package let unrealisedProfit: Money
    package let fees: Money
    package let funding: Money
    package let coin: String
    /// The other coins, in the order of their names.
    package let wallets: [Wallet]

    package init(
        meta: EventMeta,
        equity: Money,
        available: Money,
        realisedProfit: Money,
        unrealisedProfit: Money,
        fees: Money,
        funding: Money,
        coin: String = "USDT",
        wallets: [Wallet] = []
    ) {
        self.meta = meta
        self.equity = equity
        self.available = available
        self.realisedProfit = realisedProfit
        self.unrealisedProfit = unrealisedProfit
        self.fees = fees
        self.funding = funding
        self.coin = coin
        self.wallets = wallets
    }
}
