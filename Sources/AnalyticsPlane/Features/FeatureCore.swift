import Contracts

/// All that the FeatureEngine knows: a value that turns market events into feature sets.
///
/// An event says how many bars it closes, in all timeframes; ``next()`` then gives their features one by one.
struct FeatureCore {
    let settings: FeatureSettings
    let wants: FeatureWants
    /// Those of the bar that is being closed.
    var values: FeatureValues
    var table = InstrumentTable<InstrumentFeatures>()
    /// The instrument that was touched last.
    var place = 0
    /// Closed bars of that instrument whose features are still to be told, in their order.
    var due: [DueBar] = []
    var dueIndex = 0

    struct DueBar {
        let frame: Int
        let bar: Bar
    }

    init(_ settings: FeatureSettings) {
        self.settings = settings
        wants = FeatureWants(settings)
        values = FeatureValues(wants)
    }

    /// Takes an event in; says whether an open bar is overdue now and nothing waits to close it yet.
    mutating func take(_ ticker: borrowing TickerEvent) -> Bool {
        guard wants.time || wants.basis else { return false }
        find(ticker.instrument)
        table[place].see(ticker.exchangeTime)
        if wants.basis { table[place].market.take(ticker) }
        return isCloseDue
    }

    mutating func take(_ interest: borrowing OpenInterestEvent) -> Bool {
        guard wants.time || wants.openInterest else { return false }
        find(interest.instrument)
        table[place].see(interest.exchangeTime)
        table[place].market.take(interest)
        return isCloseDue
    }

    mutating func take(_ funding: borrowing FundingEvent) -> Bool {
        guard wants.time || wants.funding else { return false }
        find(funding.instrument)
        table[place].see(funding.exchangeTime)
        table[place].market.take(funding)
        return isCloseDue
    }

    mutating func take(_ delta: borrowing OrderBookDelta) -> Bool {
        guard wants.time || wants.book else { return false }
        find(delta.instrument)
        table[place].see(delta.exchangeTime)
        if wants.book { table[place].market.book.apply(delta) }
        return isCloseDue
    }

    /// Takes a trade in that only belongs to the open bar, as most do; false where there is more to it.
    mutating func join(_ trade: borrowing TradeEvent) -> Bool {
        guard wants.trades else { return true }
        find(trade.instrument)
        return table[place].join(trade)
    }

    /// Takes any other trade in; gives the number of bars whose features are due.
    mutating func take(_ trade: borrowing TradeEvent) throws(FeatureError) -> Int {
        find(trade.instrument)
        do throws(FeatureError) {
            if let bar = try table[place].take(trade, wants) { try queue(bar) }
            // A trade that begins a bar ends all that should have been over before.
            queueLonger(endedBy: table[place].openStart)
        } catch {
            throw leaveOut(error)
        }
        return due.count
    }

    /// Takes a candle in; gives the number of bars whose features are due.
    mutating func take(_ kline: borrowing KlineEvent) throws(FeatureError) -> Int {
        guard kline.isConfirmed, kline.minutes == wants.candleMinutes else { return 0 }
        find(kline.instrument)
        do throws(FeatureError) {
            if let bar = try table[place].take(kline) { try queue(bar) }
        } catch {
            throw leaveOut(error)
        }
        return due.count
    }

    /// The same where there is one timeframe: a candle is its bar, and nothing has to be lined up.
    @inline(__always)
    mutating func take(
        _ kline: borrowing KlineEvent,
        tell: (consuming FeatureSet) -> Void
    ) throws(FeatureError) {
        guard kline.isConfirmed, kline.minutes == wants.candleMinutes else { return }
        find(kline.instrument)
        do throws(FeatureError) {
            if wants.book, table[place].isNew(kline.start) { table[place].market.book.read(settings) }
            try table[place].close(kline, wants, &values, tell: tell)
        } catch {
            throw leaveOut(error)
        }
    }

    @inline(__always)
    private mutating func find(_ instrument: Instrument) {
        place = table.place(of: instrument, orAdd: InstrumentFeatures(instrument, settings))
    }
}
