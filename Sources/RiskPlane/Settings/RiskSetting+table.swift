import Contracts

extension RiskSetting {
    private static let day: ClosedRange<Int64> = 0...86_400_000
    private static let month: ClosedRange<Int64> = 0...2_592_000_000
    private static let share: Range = 0...1

    /// Every key, in the order of the checks that ask for it.
    package static let all: [RiskSetting] = outside + pace + losses + price + size + margin

    private static let outside = [
        RiskSetting("quote_coin", .text(\.quoteCoin), "the one coin that accounts and limits are counted in"),
        RiskSetting(
            "clock_required",
            .flag(\.clockRequired),
            "whether nothing is entered before our clock was compared with the exchange's"
        ),
        RiskSetting(
            "clock_offset_max_ms",
            .milliseconds(\.clockOffsetMaxMilliseconds, 1...100_000_000_000_000),
            "the offset of our clock with the bound of its error, at most"
        ),
        RiskSetting(
            "clock_age_max_ms",
            .milliseconds(\.clockAgeMaxMilliseconds, 1_000...86_400_000),
            "an older comparison counts as none; longer than market.clock_seconds"
        ),
        RiskSetting(
            "maintenance_margin_ms",
            .milliseconds(\.maintenanceMarginMilliseconds, day),
            "so long before and after an announced maintenance nothing is entered"
        ),
    ]

    private static let pace = [
        RiskSetting(
            "orders_per_second_max",
            .countOrOff(\.orderRatePerSecondMax, 0...1_000),
            "orders in one second"
        ),
        RiskSetting(
            "orders_per_minute_max",
            .countOrOff(\.orderRatePerMinuteMax, 0...10_000),
            "orders in one minute"
        ),
        RiskSetting(
            "orders_per_day_max",
            .countOrOff(\.orderRatePerDayMax, 0...10_000_000),
            "orders since 00:00 UTC"
        ),
        RiskSetting(
            "runaway_approvals_max",
            .countOrOff(\.runawayApprovalsMax, 0...10_000),
            "so many approvals of one instrument that lead nowhere new halt everything"
        ),
        RiskSetting(
            "runaway_window_ms",
            .milliseconds(\.runawayWindowMilliseconds, 1...86_400_000),
            "within this time"
        ),
        RiskSetting(
            "cooldown_ms",
            .milliseconds(\.cooldownMilliseconds, day),
            "between two approvals of one instrument and strategy, unless the second reduces"
        ),
    ]

    private static let losses = [
        RiskSetting("equity_min", .money(\.equityMin), "below it only what reduces a position passes"),
        RiskSetting(
            "daily_loss_max",
            .moneyOrOff(\.dailyLossMax),
            "lost since 00:00 UTC, realised and unrealised, it halts until the next day"
        ),
        RiskSetting(
            "daily_loss_share_max",
            .ratioOrOff(\.dailyLossShareMax, share),
            "the same as a fraction of the day's first equity"
        ),
        RiskSetting(
            "drawdown_max",
            .ratioOrOff(\.drawdownMax, share),
            "the fall from the highest equity, as a fraction of it, that halts until a reset"
        ),
        RiskSetting(
            "loss_streak_max",
            .countOrOff(\.lossStreakMax, 0...1_000),
            "so many losing round trips in a row end entries for a time"
        ),
        RiskSetting(
            "loss_streak_pause_ms",
            .milliseconds(\.lossStreakPauseMilliseconds, month),
            "for how long"
        ),
        RiskSetting(
            "stop_losses_max",
            .countOrOff(\.stopLossesMax, 0...1_000),
            "so many stop losses of one instrument end its entries for a time"
        ),
        RiskSetting(
            "stop_losses_total_max",
            .countOrOff(\.stopLossesTotalMax, 0...1_000),
            "so many of all instruments end every entry for a time"
        ),
        RiskSetting(
            "stop_loss_window_ms",
            .milliseconds(\.stopLossWindowMilliseconds, month),
            "within this time"
        ),
        RiskSetting(
            "stop_loss_pause_ms",
            .milliseconds(\.stopLossPauseMilliseconds, month),
            "for how long"
        ),
    ]

    private static let price = [
        RiskSetting(
            "collar_max",
            .ratioOrOff(\.collarMax, share),
            "how far reference and worst price may be from mark and index"
        ),
        RiskSetting(
            "collar_requires_mark",
            .flag(\.collarRequiresMark),
            "whether nothing is entered without a mark price (spot: a last price)"
        ),
        RiskSetting(
            "spread_max",
            .ratioOrOff(\.spreadMax, share),
            "best ask less best bid, as a fraction of their middle"
        ),
        RiskSetting(
            "spread_requires_quote",
            .flag(\.spreadRequiresQuote),
            "whether nothing is entered without a best bid and ask"
        ),
        RiskSetting(
            "slippage_max",
            .ratioOrOff(\.slippageMax, share),
            "how far from the middle the whole step must be there on the book; needs an orderbook stream"
        ),
        RiskSetting(
            "slippage_requires_book",
            .flag(\.slippageRequiresBook),
            "whether nothing is entered without a book"
        ),
        RiskSetting(
            "funding_cost_max",
            .ratioOrOff(\.fundingCostMax, share),
            "what funding may cost within the horizon, as a fraction of the position"
        ),
        RiskSetting(
            "funding_horizon_ms",
            .milliseconds(\.fundingHorizonMilliseconds, month),
            "the settlements of this time to come count"
        ),
        RiskSetting(
            "funding_requires_rate",
            .flag(\.fundingRequiresRate),
            "whether nothing that pays funding is entered before its rate is known"
        ),
        RiskSetting(
            "self_trade_prevented",
            .flag(\.selfTradePrevented),
            "whether an entry may not meet an own order that rests on the other side"
        ),
    ]

    private static let size = [
        RiskSetting(
            "order_size_share_max",
            .ratio(\.orderSizeShareMax, share),
            "of the exchange's largest order"
        ),
        RiskSetting("order_notional_max", .money(\.orderNotionalMax), "of one order"),
        RiskSetting(
            "high_volatility_share",
            .ratio(\.highVolatilityShare, share),
            "of the order limit, while volatility is high"
        ),
        RiskSetting("position_notional_max", .money(\.positionNotionalMax), "of one instrument's position"),
        RiskSetting(
            "strategy_budget_max",
            .moneyOrOff(\.strategyBudgetMax),
            "of one strategy on all instruments, unless it has a budget of its own"
        ),
        RiskSetting("budgets", .budgets, "budgets of single strategies"),
        RiskSetting("groups", .groups, "instruments that are limited together, whatever their prices do"),
        RiskSetting(
            "correlated_notional_max",
            .moneyOrOff(\.correlatedNotionalMax),
            "of positions that are the same bet"
        ),
        RiskSetting(
            "correlation_min",
            .ratio(\.correlationMin, share),
            "from this correlation of returns on they are"
        ),
        RiskSetting(
            "correlation_bars",
            .count(\.correlationBars, 4...10_000),
            "returns that are compared, of the shortest bars; with less than half of them they count as the same"
        ),
        RiskSetting("net_notional_max", .moneyOrOff(\.netNotionalMax), "long less short, of all positions"),
        RiskSetting("gross_notional_max", .money(\.grossNotionalMax), "of all positions together"),
    ]

    private static let margin = [
        RiskSetting(
            "leverage_max",
            .ratioOrOff(\.leverageMax, 0...200),
            "the gross notional in equities"
        ),
        RiskSetting(
            "margin_share_max",
            .ratioOrOff(\.marginShareMax, share),
            "the part of equity that positions may hold back"
        ),
        RiskSetting(
            "initial_margin_rate",
            .ratio(\.initialMarginRate, share),
            "what a position holds back, as a fraction of its notional, if nobody says more"
        ),
        RiskSetting(
            "liquidation_distance_min",
            .ratioOrOff(\.liquidationDistanceMin, share),
            "how far the mark must stay from liquidation, as a fraction of it"
        ),
        RiskSetting(
            "maintenance_margin_rate",
            .ratio(\.maintenanceMarginRate, share),
            "with so little margin a position is closed by force, as a fraction of its notional"
        ),
        RiskSetting(
            "state_interval_ms",
            .milliseconds(\.stateIntervalMilliseconds, 1...86_400_000),
            "the least time between two risk:state"
        ),
    ]
}
