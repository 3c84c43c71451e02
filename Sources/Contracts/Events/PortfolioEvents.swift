/// One position, from fills alone.
///
/// - Topic: `portfolio:position_update`; published by the PositionManager after each fill, and when marked anew.
/// - Units: quantity in base asset (inverse: contracts of 1 USD), signed; money in `coin`; fees positive: paid.
@frozen @usableFromInline package struct PositionUpdate: Hashable, Codable, Sendable {
    @usableFromInline package var meta: EventMeta
    @usableFromInline package let instrument: Instrument
    @usableFromInline package let quantity: Quantity
    /// Nil when flat.
    @usableFromInline package let entryPrice: Price?
    @usableFromInline package let markPrice: Price?
    @usableFromInline package let realisedProfit: Money
    @usableFromInline package let unrealisedProfit: Money
    @usableFromInline package let fees: Money
    @usableFromInline package let funding: Money
    @usableFromInline package let positionIndex: PositionIndex
    /// The coin that the position is settled in.
    @usableFromInline package let coin: String
    /// Where the venue would close it by force; nil where it would not, or nobody knows.
    @usableFromInline package let liquidationPrice: Price?
    /// What of the account the position holds back.
    @usableFromInline package let margin: Money?

    @inlinable @inline(__always) package init(
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
@frozen @usableFromInline package struct AccountUpdate: Hashable, Codable, Sendable {
    /// What the account holds of one coin.
    @frozen @usableFromInline package struct Wallet: Hashable, Codable, Sendable {
        @usableFromInline package let coin: String
        /// Start + realised + unrealised - fees - funding, in the coin itself, exact.
        @usableFromInline package let equity: Money

        @inlinable @inline(__always) package init(coin: String, equity: Money) {
            self.coin = coin
            self.equity = equity
        }
    }

    @usableFromInline package var meta: EventMeta
    @usableFromInline package let equity: Money
    @usableFromInline package let available: Money
    @usableFromInline package let realisedProfit: Money
    @usableFromInline package let unrealisedProfit: Money
    @usableFromInline package let fees: Money
    @usableFromInline package let funding: Money
    @usableFromInline package let coin: String
    /// The other coins, in the order of their names.
    @usableFromInline package let wallets: [Wallet]

    @inlinable @inline(__always) package init(
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
