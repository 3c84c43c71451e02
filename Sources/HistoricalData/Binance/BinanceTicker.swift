import Contracts

/// What is known of one instrument's ticker, from the streams that each tell a part of it.
struct BinanceTicker {
    var bid: BookLevel?
    var ask: BookLevel?
    var mark: Price?
    var index: Price?
    private var rate: Ratio?
    private var nextFunding: UnixMilliseconds?

    func event(_ meta: EventMeta, _ instrument: Instrument) -> TickerEvent {
        TickerEvent(
            meta: meta,
            instrument: instrument,
            exchangeTime: meta.ts,
            markPrice: mark,
            indexPrice: index,
            bidPrice: bid?.price,
            bidSize: bid?.size,
            askPrice: ask?.price,
            askSize: ask?.size
        )
    }

    /// The funding rate where it, or its time, has changed.
    mutating func funding(
        _ rate: Ratio?,
        _ nextFunding: UnixMilliseconds?,
        _ meta: EventMeta,
        _ instrument: Instrument
    ) -> FundingEvent? {
        guard let rate, self.rate != rate || self.nextFunding != nextFunding else { return nil }
        (self.rate, self.nextFunding) = (rate, nextFunding)
        return FundingEvent(
            meta: meta,
            instrument: instrument,
            exchangeTime: meta.ts,
            rate: rate,
            nextFundingTime: nextFunding,
            intervalHours: nil
        )
    }
}
