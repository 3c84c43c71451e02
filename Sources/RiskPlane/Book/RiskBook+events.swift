import Contracts

extension RiskBook {
    // MARK: Of the market

    mutating func take(_ spec: borrowing InstrumentSpec) {
        let place = place(of: spec.instrument)
        instruments[place].facts.rules = TradingRules(spec, limits)
        instruments[place].quoteCoin = spec.quoteCoin
        instruments[place].touch()
    }

    mutating func take(_ ticker: borrowing TickerEvent) {
        let place = place(of: ticker.instrument)
        instruments[place].facts.quote.take(ticker)
        instruments[place].touch()
    }

    mutating func take(_ delta: borrowing OrderBookDelta) {
        instruments[place(of: delta.instrument)].take(delta)
    }

    mutating func take(_ funding: borrowing FundingEvent) {
        instruments[place(of: funding.instrument)].facts.funding = FundingOutlook(funding)
    }

    mutating func take(_ health: borrowing FeedHealth) {
        instruments[place(of: health.instrument)].facts.feed = health.state
    }

    mutating func take(_ limit: borrowing PriceLimit) {
        instruments[place(of: limit.instrument)].facts.band = PriceBand(
            highestBid: limit.highestBid,
            lowestAsk: limit.lowestAsk
        )
    }

    mutating func take(_ features: borrowing FeatureSet) {
        instruments[place(of: features.instrument)].returns.take(features, countMax: limits.correlationBars)
    }

    mutating func take(_ context: borrowing MarketContext) {
        instruments[place(of: context.instrument)].facts.volatility = context.volatility
    }

    mutating func take(_ offset: borrowing ClockOffset) {
        let (distance, isTooFar) = offset.offsetMilliseconds.magnitude.addingReportingOverflow(
            offset.errorBoundMilliseconds.magnitude
        )
        clock = ClockReading(at: offset.meta.ts, worst: isTooFar ? .max : Int64(clamping: distance))
    }

    /// What cannot be kept is not begun.
    mutating func take(_ condition: borrowing JournalCondition) {
        if condition.allowsTrading {
            halts.end(.journal)
        } else {
            halts.begin(.journal, since: condition.meta.ts, condition.why)
        }
    }

    /// No order of the last run lives any more.
    mutating func forgetOrders(at now: UnixMilliseconds) throws(NumberError) {
        for place in instruments.values.indices {
            try instruments[place].holding.forgetOrders(at: now)
            instruments[place].touch()
        }
    }

    // MARK: Of the books

    mutating func take(_ order: borrowing OrderEvent) throws(NumberError) {
        let now = order.meta.ts
        let place = place(of: order.instrument)
        if order.purpose == .liquidation, order.fill != nil {
            halts.begin(.liquidation, since: now, "the venue closed \(order.instrument) by force")
        }
        if order.purpose == .stopLoss, order.state.isFinal, order.filledQuantity.isPositive,
            instruments[place].holding.orders.contains(order.orderID) || order.state == .filled
        {
            instruments[place].stopLosses.note(at: now, countMax: limits.stopLossesMax, limits)
            instruments[place].facts.stopLossLock = instruments[place].stopLosses.lock
            stopLosses.note(at: now, countMax: limits.stopLossesTotalMax, limits)
        }
        instruments[place].touch()
        if try instruments[place].holding.take(order) { rate.note(at: now, limits) }
    }

    mutating func take(_ update: borrowing PositionUpdate) throws(NumberError) {
        let place = place(of: update.instrument)
        instruments[place].touch()
        guard let trip = try instruments[place].holding.take(update) else { return }
        streak.take(trip, at: update.meta.ts, limits)
    }

    mutating func take(_ account: borrowing AccountUpdate) throws(NumberError) {
        equity = account.equity
        try judge(account.equity, at: account.meta.ts)
    }

    /// Begins and ends the halts that follow from the account.
    mutating func judge(_ equity: Money, at now: UnixMilliseconds) throws(NumberError) {
        roll(to: now)
        watch.take(equity, at: now)
        halts.end(.noAccount)
        if equity.isAbove(limits.equityMin) {
            halts.end(.equityMin)
        } else {
            halts.begin(.equityMin, since: now, "equity \(equity) is not above \(limits.equityMin)")
        }
        let loss = try watch.dayLoss
        if let most = try watch.dayLossMax(limits), !loss.isNegative, !loss.isZero, !most.isAbove(loss) {
            halts.begin(
                .dailyLoss,
                since: now,
                until: watch.dayEnd(at: now),
                "\(loss) lost since 00:00 UTC, limit \(most)"
            )
        }
        let fall = try watch.fall
        // At its best the account has not fallen, which is soon said.
        if let share = limits.drawdownMax, !fall.isZero, let peak = watch.peak, !peak.isNegative,
            try !peak.times(share).isAbove(fall)
        {
            halts.begin(.drawdown, since: now, "equity \(equity) is \(fall) below its best of \(peak)")
        }
    }
}
