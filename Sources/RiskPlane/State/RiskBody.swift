import Contracts

/// Risk's memory as it is kept over a restart, version 1.
///
/// What the market has said is taken over only at the very time at which it was kept: by planes that then hear the
/// journal again. A daemon that starts later has to be told anew.
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
        /// What the market had said; nil in what older programs have kept.
        let facts: InstrumentFacts?
    }

    let halts: [RiskHalt]
    let watch: EquityWatch
    let streak: LossStreak
    let stopLosses: StopLossLog
    let rate: OrderRate
    let maintenance: Maintenance
    let instruments: [Entry]
    /// When it was kept, and the look at the exchange's clock; nil in what older programs have kept.
    let now: UnixMilliseconds?
    let clock: ClockReading?
}

extension RiskBook {
    func body(at now: UnixMilliseconds) -> RiskBody {
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
                    mark: record.price,
                    facts: record.facts
                )
            },
            now: now,
            clock: clock
        )
    }

    /// Takes over what was kept; what has been told since the start is newer and stays.
    mutating func restore(_ body: RiskBody, at now: UnixMilliseconds) throws(NumberError) {
        for halt in body.halts { halts.begin(halt.kind, since: halt.since, until: halt.until, halt.why) }
        (watch, streak, stopLosses) = (body.watch, body.streak, body.stopLosses)
        (rate, maintenance) = (body.rate, body.maintenance)
        let isPresent = body.now == now
        if isPresent { clock = clock ?? body.clock }
        for entry in body.instruments { try restore(entry, at: now, isPresent: isPresent) }
        roll(to: now)
        if let equity { try judge(equity, at: now) }
    }

    private mutating func restore(
        _ entry: RiskBody.Entry,
        at now: UnixMilliseconds,
        isPresent: Bool
    ) throws(NumberError) {
        let place = place(of: entry.instrument)
        instruments[place].touch()
        try instruments[place].holding.restore(entry.holding, mark: entry.mark, at: now)
        if isPresent, let facts = entry.facts { instruments[place].facts.restore(facts) }
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
