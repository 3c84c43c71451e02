import Contracts

/// All that one instrument's context is made of: a value that events move on.
struct InstrumentContext: Codable {
    let instrument: Instrument
    private var regime: Regime?
    private var since: UnixMilliseconds = 0
    private var funding = FundingWindow()
    /// The newest exchange time shown.
    private var time: UnixMilliseconds = .min
    private var session = MarketContext.Session.quiet
    private var isFundingWindow = false
    /// When the session or the funding window may be another one.
    private var border: UnixMilliseconds = .min
    /// The shortest timeframe heard of.
    private var timeframeSeconds = Int.max

    init(_ instrument: Instrument) { self.instrument = instrument }

    /// Takes a bar's features in; says whether the context is another one now.
    mutating func take(_ features: borrowing FeatureSet, _ settings: ContextSettings) -> Bool {
        timeframeSeconds = min(timeframeSeconds, features.barSeconds)
        guard features.isWarm, features.barSeconds == settings.timeframeSeconds ?? timeframeSeconds else {
            return false
        }
        var isOther = false
        if TrendStrength.isKnown(in: features) {
            if regime == nil {
                regime = Regime(features, settings)
                isOther = regime != nil
            } else {
                isOther = regime?.take(features, settings) ?? false
            }
        }
        if isOther { since = features.barEnd }
        return see(features.barEnd, settings) || isOther
    }

    /// Takes in when the coming settlement is; says whether the context is another one now.
    mutating func take(_ funding: borrowing FundingEvent, _ settings: ContextSettings) -> Bool {
        guard let settlement = funding.nextFundingTime, !funding.isBackfill else { return false }
        self.funding.move(to: settlement)
        border = .min
        return see(funding.exchangeTime, settings)
    }

    /// Takes the exchange's time in; says whether it makes the context another one.
    mutating func see(_ shown: UnixMilliseconds, _ settings: ContextSettings) -> Bool {
        time = max(time, shown)
        guard time >= border else { return false }
        let reach = Int64(settings.fundingWindowMinutes) * 60_000
        let before = (session, isFundingWindow)
        session = .at(time)
        isFundingWindow = funding.contains(time, reach: reach)
        border = min(
            MarketContext.Session.nextBorder(after: time),
            funding.nextBorder(after: time, reach: reach) ?? .max
        )
        return regime != nil && before != (session, isFundingWindow)
    }

    /// The context as it stands; nil before the first warm bar.
    var context: MarketContext? {
        guard let regime else { return nil }
        return MarketContext(
            meta: EventMeta(source: .analytics),
            instrument: instrument,
            trend: regime.trend,
            volatility: regime.volatility,
            liquidity: regime.liquidity,
            confidence: regime.confidence,
            since: since,
            session: session,
            isFundingWindow: isFundingWindow
        )
    }
}
