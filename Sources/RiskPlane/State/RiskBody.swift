import Contracts

/// Risk's memory as it is kept over a restart, version 1: all but what the market tells anew at every start.
struct RiskBody: Codable {
    static let version = 1

    struct Entry: Codable {
        let instrument: Instrument
        let holding: Holding
        let idleApprovals: IdleApprovals
        let stopLosses: StopLossLog
        let returns: ReturnSeries
        let volatility: MarketContext.Level?
        let funding: FundingOutlook?
        let band: PriceBand?
        /// What a unit was worth when it was kept.
        let mark: Price?
    }

    let halts: [RiskHalt]
    let watch: EquityWatch
    let streak: LossStreak
    let stopLosses: StopLossLog
    let rate: OrderRate
    let maintenance: Maintenance
    let instruments: [Entry]
}

extension RiskBook {
    var body: RiskBody {
        RiskBody(
            halts: halts.list.filter(\.kind.isKept),
            watch: watch,
            streak: streak,
            stopLosses: stopLosses,
            rate: rate,
            maintenance: maintenance,
            instruments: instruments.values.map { record in
                RiskBody.Entry(
                    instrument: record.instrument,
                    holding: record.holding,
                    idleApprovals: record.idleApprovals,
                    stopLosses: record.stopLosses,
                    returns: record.returns,
                    volatility: record.facts.volatility,
                    funding: record.facts.funding,
                    band: record.facts.band,
                    mark: record.price
                )
            }
        )
    }

    /// Takes over what was kept; what has been told since the start is newer and stays.
    mutating func restore(_ body: RiskBody, at now: UnixMilliseconds) throws(NumberError) {
        for halt in body.halts { halts.begin(halt.kind, since: halt.since, until: halt.until, halt.why) }
        (watch, streak, stopLosses) = (body.watch, body.streak, body.stopLosses)
        (rate, maintenance) = (body.rate, body.maintenance)
        for entry in body.instruments { try restore(entry, at: now) }
        roll(to: now)
        if let equity { try judge(equity, at: now) }
    }

    private mutating func restore(_ entry: RiskBody.Entry, at now: UnixMilliseconds) throws(NumberError) {
        let place = place(of: entry.instrument)
        instruments[place].touch()
        try instruments[place].holding.restore(entry.holding, mark: entry.mark, at: now)
        instruments[place].idleApprovals = entry.idleApprovals
        instruments[place].stopLosses = entry.stopLosses
        instruments[place].facts.stopLossLock = entry.stopLosses.lock
        instruments[place].returns = entry.returns
        if instruments[place].facts.volatility == nil {
            instruments[place].facts.volatility = entry.volatility
        }
        if instruments[place].facts.funding == nil { instruments[place].facts.funding = entry.funding }
        if instruments[place].facts.band == nil { instruments[place].facts.band = entry.band }
    }
}
