import MarketPlane

/// What is asked of the exchange's REST interface.
extension Configuration {
    mutating func readMarketRest(_ reader: inout ConfigurationReader) {
        market.instrumentRefreshMilliseconds = seconds(
            &reader,
            "market.instruments_seconds",
            60...86_400,
            market.instrumentRefreshMilliseconds
        )
        market.clockMilliseconds = seconds(
            &reader,
            "market.clock_seconds",
            0...3_600,
            market.clockMilliseconds
        )
        market.backfill.isEnabled = reader.flag("market.backfill", default: market.backfill.isEnabled)
        market.backfill.startBarCount = reader.whole(
            "market.backfill_bars",
            in: 0...999,
            default: market.backfill.startBarCount
        )
        market.backfill.holdMilliseconds = Int64(
            reader.whole(
                "market.backfill_hold_ms",
                in: 100...60_000,
                default: Int(market.backfill.holdMilliseconds)
            )
        )
        guard exchangeClockStart != nil else { return }
        // A market that is played at a pace of its own answers by REST at another one: what was fetched would come at
        // another time in every run.
        market.backfill.isEnabled = false
        market.clockMilliseconds = 0
    }
}
