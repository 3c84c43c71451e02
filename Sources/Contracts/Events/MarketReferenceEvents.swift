/// An instrument's trading rules; every order obeys them.
///
/// - Topic: `market:instrument`; root event, at the start and on change. - Source: `instruments-info`.
package struct InstrumentSpec: Hashable, Codable, Sendable {
    package enum Status: String, Hashable, Codable, Sendable {
        case trading, preLaunch, delivering, closed, other
    }

    package var meta: EventMeta
    package let instrument: Instrument
    package let baseCoin: String
    package let quoteCoin: String
    package let status: Status
    package let tickSize: Price
    package let quantityStep: Quantity
    package let quantityMin: Quantity
    /// Of one order; nil where the exchange names none.
    package let quantityMax: Quantity?
    package let notionalMin: Money?
    package let leverageMax: Ratio?
    /// The coin that profits and fees are paid in.
    package let settleCoin: String
    package let fundingIntervalMinutes: Int?

    package init(
        meta: EventMeta,
        instrument: Instrument,
        baseCoin: String,
        quoteCoin: String,
        status: Status,
        tickSize: Price,
        quantityStep: Quantity,
        quantityMin: Quantity,
        quantityMax: Quantity? = nil,
        notionalMin: Money? = nil,
        leverageMax: Ratio? = nil,
        settleCoin: String? = nil,
        fundingIntervalMinutes: Int? = nil
    ) {
        self.meta = meta
        self.instrument = instrument
        self.baseCoin = baseCoin
        self.quoteCoin = quoteCoin
        self.status = status
        self.tickSize = tickSize
        self.quantityStep = quantityStep
        self.quantityMin = quantityMin
        self.quantityMax = quantityMax
        self.notionalMin = notionalMin
        self.leverageMax = leverageMax
        self.settleCoin = settleCoin ?? (instrument.category == .inverse ? baseCoin : quoteCoin)
        self.fundingIntervalMinutes = fundingIntervalMinutes
    }
}

/// Whether an instrument's data may be decided on.
///
/// - Topic: `market:health`; published by the Market plane on each change of state.
package struct FeedHealth: Hashable, Codable, Sendable {
    package enum State: String, Hashable, Codable, Sendable {
        case fresh, stale, resyncing
    }

    package var meta: EventMeta
    package let instrument: Instrument
    package let state: State
    /// Since the last message of the instrument came in.
    package let ageMilliseconds: Int64
    /// Since the exchange made the newest of its data, by our clock.
    package let exchangeAgeMilliseconds: Int64
    /// Receive time less exchange time of the last message.
    package let lagMilliseconds: Int64
    package let detail: String

    package init(
        meta: EventMeta,
        instrument: Instrument,
        state: State,
        ageMilliseconds: Int64,
        exchangeAgeMilliseconds: Int64 = 0,
        lagMilliseconds: Int64,
        detail: String
    ) {
        self.meta = meta
        self.instrument = instrument
        self.state = state
        self.ageMilliseconds = ageMilliseconds
        self.exchangeAgeMilliseconds = exchangeAgeMilliseconds
        self.lagMilliseconds = lagMilliseconds
        self.detail = detail
    }

    private enum CodingKeys: String, CodingKey {
        case meta, instrument, state, detail
        case ageMilliseconds = "ageMs"
        case exchangeAgeMilliseconds = "exchangeAgeMs"
        case lagMilliseconds = "lagMs"
    }
}

/// How far the machine's clock is from the exchange's.
///
/// - Topic: `market:clock`; root event. - Units: milliseconds; positive: our clock is ahead.
package struct ClockOffset: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let offsetMilliseconds: Int64
    package let errorBoundMilliseconds: Int64

    package init(meta: EventMeta, offsetMilliseconds: Int64, errorBoundMilliseconds: Int64) {
        self.meta = meta
        self.offsetMilliseconds = offsetMilliseconds
        self.errorBoundMilliseconds = errorBoundMilliseconds
    }

    private enum CodingKeys: String, CodingKey {
        case meta
        case offsetMilliseconds = "offsetMs"
        case errorBoundMilliseconds = "errorBoundMs"
    }
}

/// The prices between which the exchange accepts orders.
///
/// - Topic: `market:price_limit`.
package struct PriceLimit: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let instrument: Instrument
    package let highestBid: Price
    package let lowestAsk: Price

    package init(meta: EventMeta, instrument: Instrument, highestBid: Price, lowestAsk: Price) {
        self.meta = meta
        self.instrument = instrument
        self.highestBid = highestBid
        self.lowestAsk = lowestAsk
    }
}

/// An insurance pool is low enough that positions may be closed by auto-deleveraging.
///
/// - Topic: `market:adl_alert`.
package struct AutoDeleverageAlert: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let coin: String
    package let symbol: String
    package let balance: Money
    package let highestBalance: Money?
    package let profitLossRatio: Ratio?

    package init(
        meta: EventMeta,
        coin: String,
        symbol: String,
        balance: Money,
        highestBalance: Money?,
        profitLossRatio: Ratio?
    ) {
        self.meta = meta
        self.coin = coin
        self.symbol = symbol
        self.balance = balance
        self.highestBalance = highestBalance
        self.profitLossRatio = profitLossRatio
    }
}

/// An insurance pool's balance, when it changes.
///
/// - Topic: `market:insurance`.
package struct InsuranceUpdate: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let coin: String
    package let symbols: String
    package let balance: Money
    package let updated: UnixMilliseconds

    package init(meta: EventMeta, coin: String, symbols: String, balance: Money, updated: UnixMilliseconds) {
        self.meta = meta
        self.coin = coin
        self.symbols = symbols
        self.balance = balance
        self.updated = updated
    }
}

/// Maintenance that the exchange has announced.
///
/// - Topic: `market:exchange_status`.
package struct ExchangeStatus: Hashable, Codable, Sendable {
    package enum State: String, Hashable, Codable, Sendable { case scheduled, ongoing, completed, canceled }

    package var meta: EventMeta
    package let id: String
    package let title: String
    package let state: State
    package let begin: UnixMilliseconds
    package let end: UnixMilliseconds

    package init(
        meta: EventMeta,
        id: String,
        title: String,
        state: State,
        begin: UnixMilliseconds,
        end: UnixMilliseconds
    ) {
        self.meta = meta
        self.id = id
        self.title = title
        self.state = state
        self.begin = begin
        self.end = end
    }
}
