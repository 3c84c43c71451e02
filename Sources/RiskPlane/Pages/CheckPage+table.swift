import Contracts

extension CheckPage {
    /// Every check, in the order in which they are asked.
    package static let all: [CheckPage] = gates + pace + prices + sizes + accounts

    private static let gates = [
        CheckPage(.lifecycle, "the system runs, paused or not", .everything),
        CheckPage(.paused, "the operator has not paused trading", .everything),
        CheckPage(
            .halted,
            "no halt is in force: no account, equity too low, a liquidation, or a state that was lost",
            .entries,
            .cutsToExit,
            keys: ["equity_min"]
        ),
        CheckPage(
            .clock,
            "our clock is near the exchange's, by a recent comparison",
            .entries,
            keys: ["clock_required", "clock_offset_max_ms", "clock_age_max_ms"],
            unknown: "refuses, unless `clock_required` is false"
        ),
        CheckPage(
            .exchange,
            "no maintenance of the exchange is under way or near",
            .entries,
            .cutsToExit,
            keys: ["maintenance_margin_ms"],
            unknown: "passes: none is announced"
        ),
        CheckPage(
            .instrument,
            "the instrument is known, trades, is no option, is counted in the quote coin (an inverse contract in "
                + "USD), and the price lies within the exchange's own limits; spot is never sold short",
            .everything,
            keys: ["quote_coin"],
            unknown: "refuses; without the exchange's price limits those are not asked"
        ),
        CheckPage(.feed, "the instrument's data is fresh", .everything),
        CheckPage(.intentExpired, "the intent's time is not over", .everything),
        CheckPage(
            .unknownOrder,
            "no order of the instrument was sent without an answer",
            .entries,
            unknown: "passes: there is no order"
        ),
    ]

    private static let pace = [
        CheckPage(
            .orderRate,
            "there were not too many orders in the last second, the last minute and since 00:00 UTC",
            .entries,
            keys: ["orders_per_second_max", "orders_per_minute_max", "orders_per_day_max"],
            unknown: "passes: there were none"
        ),
        CheckPage(
            .runaway,
            "no halt is in force because many approvals of one instrument led nowhere new",
            .entries,
            .cutsToExit,
            keys: ["runaway_approvals_max", "runaway_window_ms"],
            unknown: "passes: there were none"
        ),
        CheckPage(
            .cooldown,
            "some time has passed since the strategy's last approval on the instrument",
            .entries,
            keys: ["cooldown_ms"],
            unknown: "passes: it is the first"
        ),
        CheckPage(
            .lossStreak,
            "there were not too many losing round trips in a row",
            .entries,
            .cutsToExit,
            keys: ["loss_streak_max", "loss_streak_pause_ms"],
            unknown: "passes: there were none"
        ),
        CheckPage(
            .stopLossGuard,
            "there were not too many stop losses lately, of the instrument or of all",
            .entries,
            .cutsToExit,
            keys: ["stop_losses_max", "stop_losses_total_max", "stop_loss_window_ms", "stop_loss_pause_ms"],
            unknown: "passes: there were none"
        ),
        CheckPage(
            .dailyLoss,
            "no halt is in force because of what was lost since 00:00 UTC, realised and unrealised",
            .entries,
            .cutsToExit,
            keys: ["daily_loss_max", "daily_loss_share_max"],
            unknown: "without an account `halted` refuses"
        ),
        CheckPage(
            .drawdown,
            "no halt is in force because of the fall from the highest equity",
            .entries,
            .cutsToExit,
            keys: ["drawdown_max"],
            unknown: "without an account `halted` refuses"
        ),
    ]

    private static let prices = [
        CheckPage(
            .collar,
            "the reference price and the worst fill are near mark and index (spot: last and index)",
            .entries,
            keys: ["collar_max", "collar_requires_mark"],
            unknown: "refuses, unless `collar_requires_mark` is false; an unknown index is not asked"
        ),
        CheckPage(
            .spread,
            "best bid and ask are near each other",
            .entries,
            keys: ["spread_max", "spread_requires_quote"],
            unknown: "refuses, unless `spread_requires_quote` is false"
        ),
        CheckPage(
            .slippage,
            "the book offers the whole step near its middle",
            .entries,
            .shrinks,
            keys: ["slippage_max", "slippage_requires_book"],
            unknown: "refuses, unless `slippage_requires_book` is false"
        ),
        CheckPage(
            .fundingCost,
            "the coming settlements cost little",
            .entries,
            keys: ["funding_cost_max", "funding_horizon_ms", "funding_requires_rate"],
            unknown: "refuses what pays funding, unless `funding_requires_rate` is false"
        ),
        CheckPage(
            .reduceOnly,
            "what reduces still does so when every order under way is filled",
            .everything,
            unknown: "passes: nothing is under way"
        ),
        CheckPage(
            .selfTrade,
            "no own order rests on the other side where the entry could meet it",
            .entries,
            keys: ["self_trade_prevented"],
            unknown: "passes: none rests"
        ),
    ]

    private static let sizes = [
        CheckPage(
            .orderSize,
            "the step is no bigger than the exchange's largest order, or a share of it",
            .everything,
            .shrinks,
            keys: ["order_size_share_max"],
            unknown: "passes: the exchange names none"
        ),
        CheckPage(
            .orderNotional,
            "the step's worth",
            .entries,
            .shrinks,
            keys: ["order_notional_max", "high_volatility_share"]
        ),
        CheckPage(
            .positionNotional,
            "the position's worth",
            .entries,
            .shrinks,
            keys: ["position_notional_max"]
        ),
        CheckPage(
            .strategyBudget,
            "the worth of what the strategy holds on all instruments",
            .entries,
            .shrinks,
            keys: ["strategy_budget_max", "budgets"]
        ),
        CheckPage(
            .groupNotional,
            "the worth of every group that the instrument is in",
            .entries,
            .shrinks,
            keys: ["groups"]
        ),
        CheckPage(
            .correlation,
            "the worth of all positions that win and lose with this one, by the correlation of their returns",
            .entries,
            .shrinks,
            keys: ["correlated_notional_max", "correlation_min", "correlation_bars"],
            unknown: "counts the position as the same bet"
        ),
        CheckPage(
            .netNotional,
            "long less short, of all positions",
            .entries,
            .shrinks,
            keys: ["net_notional_max"]
        ),
        CheckPage(
            .grossNotional,
            "the worth of all positions together",
            .entries,
            .shrinks,
            keys: ["gross_notional_max"]
        ),
    ]

    private static let accounts = [
        CheckPage(
            .leverage,
            "the worth of all positions against the equity, and of this one by the instrument's own leverage",
            .entries,
            .shrinks,
            keys: ["leverage_max"]
        ),
        CheckPage(
            .margin,
            "what all positions hold back of the equity",
            .entries,
            .shrinks,
            keys: ["margin_share_max", "initial_margin_rate"]
        ),
        CheckPage(
            .liquidationDistance,
            "how far the mark is from the price at which the position would be closed by force",
            .entries,
            .shrinks,
            keys: ["liquidation_distance_min", "maintenance_margin_rate"],
            unknown: "refuses without an account; a liquidation price that the books do not tell is computed"
        ),
        CheckPage(
            .quantityStep,
            "what is left is an order that the exchange takes: whole steps, not too small",
            .everything,
            .shrinks
        ),
        CheckPage(.arithmetic, "every figure on the way could be computed exactly", .everything),
    ]
}
