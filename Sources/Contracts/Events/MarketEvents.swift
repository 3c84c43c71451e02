/// One instrument's merged ticker; what the exchange has not said yet is nil.
///
/// - Topic: `market:ticker`; root event. - Units: prices in quote asset, 24 h volume in base asset.
package struct TickerEvent: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let instrument: Instrument
    /// When the exchange made it.
    package let exchangeTime: UnixMilliseconds
    package let lastPrice: Price?
    package let markPrice: Price?
    package let indexPrice: Price?
    package let bidPrice: Price?
    package let bidSize: Quantity?
    package let askPrice: Price?
    package let askSize: Quantity?
    package let high24h: Price?
    package let low24h: Price?
    package let volume24h: Quantity?
    package let turnover24h: Money?
    /// A fraction: `-0.005` is half a percent down.
    package let change24h: Ratio?
    /// Only options have them.
    package let option: OptionFigures?

    @inlinable package init(
        meta: EventMeta,
        instrument: Instrument,
        exchangeTime: UnixMilliseconds,
        lastPrice: Price? = nil,
        markPrice: Price? = nil,
        indexPrice: Price? = nil,
        bidPrice: Price? = nil,
        bidSize: Quantity? = nil,
        askPrice: Price? = nil,
        askSize: Quantity? = nil,
        high24h: Price? = nil,
        low24h: Price? = nil,
        volume24h: Quantity? = nil,
        turnover24h: Money? = nil,
        change24h: Ratio? = nil,
        option: OptionFigures? = nil
    ) {
        self.meta = meta
        self.instrument = instrument
        self.exchangeTime = exchangeTime
        self.lastPrice = lastPrice
        self.markPrice = markPrice
        self.indexPrice = indexPrice
        self.bidPrice = bidPrice
        self.bidSize = bidSize
        self.askPrice = askPrice
        self.askSize = askSize
        self.high24h = high24h
        self.low24h = low24h
        self.volume24h = volume24h
        self.turnover24h = turnover24h
        self.change24h = change24h
        self.option = option
    }
}

/// Which way a trade or an order goes.
@frozen @usableFromInline package enum Side: String, Hashable, Codable, Sendable, CaseIterable {
    case buy, sell

    package var opposite: Side { self == .buy ? .sell : .buy }
}

/// A trade's identity: a UUID, or the decimal number that spot has; kept inline, like all of a trade.
@frozen @usableFromInline package enum TradeID: Hashable, Sendable {
    case number(UInt64)
    case uuid(high: UInt64, low: UInt64)
    /// Any other text of at most 32 characters, as sent.
    case text(Symbol)
}

/// One public trade.
///
/// - Topic: `market:trade`; root event, in matching order. - Units: quantity in base asset; side is the taker's.
@frozen @usableFromInline package struct TradeEvent: Hashable, Codable, Sendable {
    @usableFromInline package var meta: EventMeta
    @usableFromInline package let instrument: Instrument
    @usableFromInline package let exchangeTime: UnixMilliseconds
    @usableFromInline package let id: TradeID
    @usableFromInline package let side: Side
    @usableFromInline package let price: Price
    @usableFromInline package let quantity: Quantity
    @usableFromInline package let isBlockTrade: Bool
    /// Whether it was fetched afterwards, to fill what was missed before or between connections.
    @usableFromInline package let isBackfill: Bool

    @inlinable @inline(__always) package init(
        meta: EventMeta,
        instrument: Instrument,
        exchangeTime: UnixMilliseconds,
        id: TradeID,
        side: Side,
        price: Price,
        quantity: Quantity,
        isBlockTrade: Bool = false,
        isBackfill: Bool = false
    ) {
        self.meta = meta
        self.instrument = instrument
        self.exchangeTime = exchangeTime
        self.id = id
        self.side = side
        self.price = price
        self.quantity = quantity
        self.isBlockTrade = isBlockTrade
        self.isBackfill = isBackfill
    }
}

/// A whole order book, or what changed in it.
///
/// - Topic: `market:orderbook_delta`; root event; a gap is never published, only the snapshot that heals it.
package struct OrderBookDelta: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let instrument: Instrument
    package let exchangeTime: UnixMilliseconds
    package let depth: Int
    package let isSnapshot: Bool
    package let updateID: UInt64
    /// Bids first, `bidCount` of them, then asks; one array, so that a message costs one allocation.
    package let levels: ContiguousArray<BookLevel>
    package let bidCount: Int

    @inlinable package init(
        meta: EventMeta,
        instrument: Instrument,
        exchangeTime: UnixMilliseconds,
        depth: Int,
        isSnapshot: Bool,
        updateID: UInt64,
        levels: ContiguousArray<BookLevel>,
        bidCount: Int
    ) {
        precondition(bidCount >= 0 && bidCount <= levels.count, "bids are a part of the levels")
        self.meta = meta
        self.instrument = instrument
        self.exchangeTime = exchangeTime
        self.depth = depth
        self.isSnapshot = isSnapshot
        self.updateID = updateID
        self.levels = levels
        self.bidCount = bidCount
    }

    package var bids: ContiguousArray<BookLevel>.SubSequence { levels[..<bidCount] }
    package var asks: ContiguousArray<BookLevel>.SubSequence { levels[bidCount...] }
}

/// One candle: as it grows, and once, confirmed, when it is closed.
///
/// - Shape: a day has 1,440 minutes, a week 10,080; the monthly candle goes by its nominal 43,200.
/// - Topic: `market:kline`; root event. - Units: volume in base asset, turnover in quote asset.
@frozen @usableFromInline package struct KlineEvent: Hashable, Codable, Sendable {
    @usableFromInline package var meta: EventMeta
    @usableFromInline package let instrument: Instrument
    @usableFromInline package let minutes: Int
    @usableFromInline package let start: UnixMilliseconds
    @usableFromInline package let end: UnixMilliseconds
    @usableFromInline package let open: Price
    @usableFromInline package let high: Price
    @usableFromInline package let low: Price
    @usableFromInline package let close: Price
    @usableFromInline package let volume: Quantity
    @usableFromInline package let turnover: Money
    @usableFromInline package let isConfirmed: Bool
    /// Whether it was fetched afterwards, to fill what was missed before or between connections.
    @usableFromInline package let isBackfill: Bool

    @inlinable @inline(__always) package init(
        meta: EventMeta,
        instrument: Instrument,
        minutes: Int,
        start: UnixMilliseconds,
        end: UnixMilliseconds,
        open: Price,
        high: Price,
        low: Price,
        close: Price,
        volume: Quantity,
        turnover: Money,
        isConfirmed: Bool,
        isBackfill: Bool = false
    ) {
        self.meta = meta
        self.instrument = instrument
        self.minutes = minutes
        self.start = start
        self.end = end
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume
        self.turnover = turnover
        self.isConfirmed = isConfirmed
        self.isBackfill = isBackfill
    }
}

/// Open interest, when it changes.
///
/// - Topic: `market:oi`; root event. - Units: both sides, in base asset (inverse: USD), and its value in quote asset.
package struct OpenInterestEvent: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let instrument: Instrument
    package let exchangeTime: UnixMilliseconds
    package let openInterest: Quantity
    package let value: Money?
    /// Whether it was fetched afterwards, to fill what was missed before or between connections.
    package let isBackfill: Bool

    @inlinable package init(
        meta: EventMeta,
        instrument: Instrument,
        exchangeTime: UnixMilliseconds,
        openInterest: Quantity,
        value: Money?,
        isBackfill: Bool = false
    ) {
        self.meta = meta
        self.instrument = instrument
        self.exchangeTime = exchangeTime
        self.openInterest = openInterest
        self.value = value
        self.isBackfill = isBackfill
    }
}

/// The rate that the coming funding settlement will use, when it changes.
///
/// - Topic: `market:funding`; root event. - Units: a fraction; positive: longs pay.
package struct FundingEvent: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let instrument: Instrument
    package let exchangeTime: UnixMilliseconds
    package let rate: Ratio
    package let nextFundingTime: UnixMilliseconds?
    package let intervalHours: Int?
    /// Whether it was fetched afterwards, to fill what was missed before or between connections.
    package let isBackfill: Bool

    @inlinable package init(
        meta: EventMeta,
        instrument: Instrument,
        exchangeTime: UnixMilliseconds,
        rate: Ratio,
        nextFundingTime: UnixMilliseconds?,
        intervalHours: Int?,
        isBackfill: Bool = false
    ) {
        self.meta = meta
        self.instrument = instrument
        self.exchangeTime = exchangeTime
        self.rate = rate
        self.nextFundingTime = nextFundingTime
        self.intervalHours = intervalHours
        self.isBackfill = isBackfill
    }
}

/// One liquidation: `side` is that of the position that was closed by force.
///
/// - Topic: `market:liquidation`; root event.
package struct LiquidationEvent: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let instrument: Instrument
    package let exchangeTime: UnixMilliseconds
    package let side: Side
    package let price: Price
    package let quantity: Quantity

    @inlinable package init(
        meta: EventMeta,
        instrument: Instrument,
        exchangeTime: UnixMilliseconds,
        side: Side,
        price: Price,
        quantity: Quantity
    ) {
        self.meta = meta
        self.instrument = instrument
        self.exchangeTime = exchangeTime
        self.side = side
        self.price = price
        self.quantity = quantity
    }
}

extension TradeID: Codable, CustomStringConvertible {
    @usableFromInline package var description: String {
        switch self {
        case .number(let number): String(number)
        case .uuid(let high, let low): CommandKey(high: high, low: low).description
        case .text(let text): text.description
        }
    }

    /// Reads an id as sent; nil for one that is empty, too long or not plain ASCII.
    ///
    /// A number that would not come back the same stays text; a UUID is the same whatever the case of its letters.
    package init?(_ text: String) {
        if let number = UInt64(text), String(number) == text {
            self = .number(number)
        } else if let key = CommandKey(text) {
            self = .uuid(high: key.high, low: key.low)
        } else if let other = Symbol(text) {
            self = .text(other)
        } else {
            return nil
        }
    }

    @usableFromInline package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = TradeID(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "'\(text)' is no trade id"
            )
        }
        self = id
    }

    @usableFromInline package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
