import Contracts

/// What risk allows at most; each limit is asked by the check that ``RiskSetting`` names it under.
///
/// - Units: amounts in the account's quote asset, every notional at the worst price an intent allows; fractions of
///   one; times in milliseconds. Where a limit may be nil, nil means that nobody asks for it.
package struct RiskLimits: Hashable, Sendable {
    // MARK: The outside

    /// The one asset that accounts, limits and profits are counted in; an inverse contract's USD counts as one.
    package var quoteCoin = "USDT"
    /// Whether nothing is entered before, and long after, a measurement of the exchange's clock.
    package var clockRequired = true
    /// The offset of our clock and the bound of its error together, at most.
    package var clockOffsetMaxMilliseconds: Int64 = 750
    /// A measurement older than this counts as none.
    package var clockAgeMaxMilliseconds: Int64 = 600_000
    /// So long before and after an announced maintenance nothing is entered.
    package var maintenanceMarginMilliseconds: Int64 = 600_000

    // MARK: Pace

    /// Orders in a second, a minute and a day (UTC); beyond them nothing is entered.
    package var orderRatePerSecondMax: Int? = 10
    package var orderRatePerMinuteMax: Int? = 120
    package var orderRatePerDayMax: Int? = 10_000
    /// So many approvals of one instrument within the window, none of which leads anywhere new, are a runaway.
    package var runawayApprovalsMax: Int? = 20
    package var runawayWindowMilliseconds: Int64 = 10_000
    /// Between two approvals of one instrument and strategy, unless the second reduces.
    package var cooldownMilliseconds: Int64

    // MARK: Losses

    /// Below this equity risk is halted: only what reduces a position passes.
    package var equityMin: Money
    /// What may be lost since 00:00 UTC, as an amount and as a fraction of the day's first equity.
    package var dailyLossMax: Money?
    package var dailyLossShareMax: Ratio? = Ratio(units: 5, scale: 2)
    /// The fall from the highest equity, as a fraction of it.
    package var drawdownMax: Ratio? = Ratio(units: 25, scale: 2)
    /// So many losing round trips in a row end entries for a time.
    package var lossStreakMax: Int? = 6
    package var lossStreakPauseMilliseconds: Int64 = 3_600_000
    /// So many stop-loss fills of one instrument, or of all, within the window end entries for a time.
    package var stopLossesMax: Int? = 3
    package var stopLossesTotalMax: Int? = 6
    package var stopLossWindowMilliseconds: Int64 = 3_600_000
    package var stopLossPauseMilliseconds: Int64 = 3_600_000

    // MARK: Price

    /// How far the reference and the worst price of an intent may be from mark and index.
    package var collarMax: Ratio? = Ratio(units: 5, scale: 2)
    /// Whether nothing is entered without a mark price (spot: a last price).
    package var collarRequiresMark = true
    /// Best ask less best bid, as a fraction of the middle.
    package var spreadMax: Ratio? = Ratio(units: 1, scale: 2)
    /// Whether nothing is entered without a best bid and ask.
    package var spreadRequiresQuote = true
    /// How far from the middle the whole step must be there on the book; a book is only kept where this is asked.
    package var slippageMax: Ratio?
    /// Whether nothing is entered without a book.
    package var slippageRequiresBook = true
    /// What funding may cost within the horizon, as a fraction of the position.
    package var fundingCostMax: Ratio? = Ratio(units: 5, scale: 3)
    package var fundingHorizonMilliseconds: Int64 = 28_800_000
    /// Whether nothing that pays funding is entered before its rate is known.
    package var fundingRequiresRate = true
    /// Whether an entry may not cross an own order that rests on the other side.
    package var selfTradePrevented = true

    // MARK: Size

    /// The share of the exchange's largest order that one order may have.
    package var orderSizeShareMax: Ratio = 1
    /// Of one order: the distance between the position held and the one wanted.
    package var orderNotionalMax: Money
    /// The order limit's share that is left while an instrument's volatility is high.
    package var highVolatilityShare: Ratio
    /// Of one instrument's position.
    package var positionNotionalMax: Money
    /// What one strategy may hold on all instruments together, unless it has a budget of its own.
    package var strategyBudgetMax: Money?
    package var strategyBudgets: [StrategyID: Money] = [:]
    /// Instruments that are limited together.
    package var groups: [RiskGroup] = []
    /// Of positions that are the same bet: whose returns correlate at least this much.
    package var correlatedNotionalMax: Money?
    package var correlationMin: Ratio = Ratio(units: 8, scale: 1)
    /// Returns that are compared, of the shortest bars there are; with less than half of them nothing is known yet.
    package var correlationBars = 96
    /// Long less short, of all positions together.
    package var netNotionalMax: Money?
    /// Of all positions together, approved ones that are not filled yet included.
    package var grossNotionalMax: Money

    // MARK: Margin

    /// The gross notional in equities.
    package var leverageMax: Ratio? = 3
    /// The part of equity that positions may hold back as margin.
    package var marginShareMax: Ratio? = Ratio(units: 8, scale: 1)
    /// What a position holds back, as a fraction of its notional, where the books do not say and the exchange asks no more.
    package var initialMarginRate: Ratio = Ratio(units: 1, scale: 1)
    /// How far the mark must stay from the price of liquidation, as a fraction of it.
    package var liquidationDistanceMin: Ratio? = Ratio(units: 5, scale: 2)
    /// At this margin, as a fraction of its notional, a position is closed by force.
    package var maintenanceMarginRate: Ratio = Ratio(units: 1, scale: 2)

    /// The least event time between two `risk:state`.
    package var stateIntervalMilliseconds: Int64

    package init(
        orderNotionalMax: Money = 1_000,
        positionNotionalMax: Money = 2_000,
        grossNotionalMax: Money = 5_000,
        equityMin: Money = 0,
        cooldownMilliseconds: Int64 = 5_000,
        highVolatilityShare: Ratio = 1,
        quoteCoin: String = "USDT",
        stateIntervalMilliseconds: Int64 = 1_000
    ) {
        self.orderNotionalMax = orderNotionalMax
        self.positionNotionalMax = positionNotionalMax
        self.grossNotionalMax = grossNotionalMax
        self.equityMin = equityMin
        self.cooldownMilliseconds = cooldownMilliseconds
        self.highVolatilityShare = highVolatilityShare
        self.quoteCoin = quoteCoin
        self.stateIntervalMilliseconds = stateIntervalMilliseconds
    }
}

/// Instruments that are one risk, whatever their prices do.
package struct RiskGroup: Hashable, Sendable {
    /// The most groups there can be.
    package static let countMax = 64

    package let name: String
    package let instruments: [Instrument]
    /// Of all of them together, gross.
    package let notionalMax: Money

    package init(name: String, instruments: [Instrument], notionalMax: Money) {
        self.name = name
        self.instruments = instruments
        self.notionalMax = notionalMax
    }
}
