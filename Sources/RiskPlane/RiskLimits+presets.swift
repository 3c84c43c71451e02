import Contracts

extension RiskLimits {
    /// Limits that stop next to nothing: for a reference run whose orders are given.
    ///
    /// What is fail-closed by its nature stays: lifecycle, pause, feed, expiry, the instrument's own rules.
    package static var widest: RiskLimits {
        let most = Money(units: 1_000_000_000_000_000_000, scale: 0)
        var limits = RiskLimits(
            orderNotionalMax: most,
            positionNotionalMax: most,
            grossNotionalMax: most,
            equityMin: Money(units: -1_000_000_000_000_000_000, scale: 0),
            cooldownMilliseconds: 0
        )
        limits.clockRequired = false
        (limits.orderRatePerSecondMax, limits.orderRatePerMinuteMax) = (nil, nil)
        (limits.orderRatePerDayMax, limits.runawayApprovalsMax) = (nil, nil)
        (limits.dailyLossMax, limits.dailyLossShareMax, limits.drawdownMax) = (nil, nil, nil)
        (limits.lossStreakMax, limits.stopLossesMax, limits.stopLossesTotalMax) = (nil, nil, nil)
        (limits.collarMax, limits.spreadMax, limits.fundingCostMax) = (nil, nil, nil)
        (limits.leverageMax, limits.marginShareMax, limits.liquidationDistanceMin) = (nil, nil, nil)
        return limits
    }

    /// For data without quotes, marks, funding rates and clock measurements, as candles are: what is missing stops
    /// nothing, what is there is still asked.
    package var forBareData: RiskLimits {
        var limits = self
        limits.clockRequired = false
        limits.collarRequiresMark = false
        limits.spreadRequiresQuote = false
        limits.slippageRequiresBook = false
        limits.fundingRequiresRate = false
        return limits
    }
}
