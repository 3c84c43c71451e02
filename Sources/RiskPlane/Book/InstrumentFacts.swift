import Contracts

/// What the market says of one instrument: plain figures, copied into every proposal.
struct InstrumentFacts: Hashable, Codable {
    var rules: TradingRules?
    var feed: FeedHealth.State?
    var volatility: MarketContext.Level?
    var quote = Quote()
    var band: PriceBand?
    var funding: FundingOutlook?
    /// Which of the configured groups it is in, a bit each.
    var groups: UInt64 = 0
    /// Until when stop losses forbid entries.
    var stopLossLock: UnixMilliseconds?
}

/// The newest prices of the ticker.
struct Quote: Hashable, Codable {
    var last: Price?
    var mark: Price?
    var index: Price?
    var bid: Price?
    var ask: Price?

    mutating func take(_ ticker: borrowing TickerEvent) {
        last = ticker.lastPrice
        mark = ticker.markPrice
        index = ticker.indexPrice
        bid = ticker.bidPrice
        ask = ticker.askPrice
    }
}

/// The prices between which the exchange takes orders.
struct PriceBand: Hashable, Codable {
    let highestBid: Price
    let lowestAsk: Price
}

/// The coming funding settlements.
struct FundingOutlook: Hashable, Codable {
    private static let usualIntervalHours = 8

    let rate: Ratio
    let next: UnixMilliseconds?
    let intervalHours: Int

    init(_ event: borrowing FundingEvent) {
        rate = event.rate
        next = event.nextFundingTime
        intervalHours = event.intervalHours ?? Self.usualIntervalHours
    }

    /// How many settlements there are until `end`; one where the next one's time is not known.
    func settlements(until end: UnixMilliseconds) -> Int {
        guard let next else { return 1 }
        guard next <= end else { return 0 }
        return 1 + Int((end - next) / (Int64(max(1, intervalHours)) * 3_600_000))
    }
}

extension InstrumentFacts {
    /// Takes over what was kept; the groups are those of the configuration.
    mutating func restore(_ kept: InstrumentFacts) {
        let groups = groups
        self = kept
        self.groups = groups
    }
}
