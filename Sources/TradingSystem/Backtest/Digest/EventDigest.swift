import Contracts

/// Every event of a run in order, sequence numbers and times included, as one figure: equal runs, bit for bit.
///
/// - Shape: market events and features by their fields; decisions by what they make of the ``DecisionDigest``; the rest,
///   which is rare, as the journal writes it.
package struct EventDigest {
    /// How many events it is made of.
    package private(set) var count = 0
    private var hash = StableHash()
    private let encoder = EventJSONEncoder()
    private var bytes: [UInt8] = []

    package init() {}

    /// 32 hexadecimal digits.
    package var text: String { hash.text }

    @inline(__always)
    private mutating func begin(_ topic: UInt64, _ meta: EventMeta) { begin(topic, meta.seq, meta.ts) }

    @inline(__always)
    private mutating func begin(_ topic: UInt64, _ seq: UInt64, _ ts: UnixMilliseconds) {
        count &+= 1
        hash.add(topic)
        hash.add(seq)
        hash.add(ts)
    }

    /// Takes the decision that `decisions` has taken last.
    @inline(__always)
    package mutating func note(_ decisions: borrowing DecisionDigest) {
        begin(1, decisions.newest.seq, decisions.newest.ts)
        hash.add(decisions.hash.word)
    }

    @inline(__always)
    package mutating func note(_ event: borrowing TradeEvent) {
        begin(2, event.meta)
        hash.add(event.instrument)
        hash.add(event.exchangeTime)
        switch event.id {
        case .number(let number): hash.add(number)
        case .uuid(let high, let low):
            hash.add(high)
            hash.add(low)
        case .text(let symbol): hash.add(symbol)
        }
        hash.add(event.side)
        hash.add(event.price)
        hash.add(event.quantity)
        hash.add(event.isBlockTrade != event.isBackfill)
    }

    package mutating func note(_ event: borrowing KlineEvent) {
        begin(3, event.meta)
        hash.add(event.instrument)
        hash.add(event.minutes)
        hash.add(event.start)
        hash.add(event.open)
        hash.add(event.high)
        hash.add(event.low)
        hash.add(event.close)
        hash.add(event.volume)
        hash.add(event.turnover)
        hash.add(event.isConfirmed)
    }

    package mutating func note(_ event: borrowing OrderBookDelta) {
        begin(4, event.meta)
        hash.add(event.instrument)
        hash.add(event.exchangeTime)
        hash.add(event.updateID)
        hash.add(event.bidCount)
        hash.add(event.isSnapshot)
        for level in event.levels {
            hash.add(level.price)
            hash.add(level.size)
        }
    }

    package mutating func note(_ event: borrowing TickerEvent) {
        begin(5, event.meta)
        hash.add(event.instrument)
        hash.add(event.exchangeTime)
        hash.add(event.lastPrice)
        hash.add(event.markPrice)
        hash.add(event.indexPrice)
        hash.add(event.bidPrice)
        hash.add(event.bidSize)
        hash.add(event.askPrice)
        hash.add(event.askSize)
    }

    package mutating func note(_ event: borrowing FundingEvent) {
        begin(6, event.meta)
        hash.add(event.instrument)
        hash.add(event.rate)
        hash.add(event.nextFundingTime, from: 0)
    }

    package mutating func note(_ event: borrowing FeatureSet) {
        begin(7, event.meta)
        hash.add(event.instrument)
        hash.add(event.barSeconds)
        hash.add(event.barEnd)
        hash.add(event.close)
        hash.add(event.known.bits)
        for figure in event.figures { hash.add(figure) }
    }

    /// Takes an event of any other topic.
    package mutating func note(other event: some Event) {
        begin(8, event.meta)
        bytes.removeAll(keepingCapacity: true)
        // What cannot be written counts by its number and time alone.
        try? encoder.encode(event, into: &bytes)
        unsafe bytes.withUnsafeBytes { unsafe hash.add($0) }
    }
}
