/// One price level; a size of zero removes it.
struct BookLevel: Equatable, Sendable {
    let price: Fixed
    let size: Fixed
}

/// A change of one symbol's order book, or the whole of it.
struct BookUpdate: Equatable, Sendable {
    let symbol: String
    let isSnapshot: Bool
    let bids: [BookLevel]
    let asks: [BookLevel]
    /// Time the push was made and the engine's own time, in ms.
    let timeMs: Int64
    let engineMs: Int64
    let sequence: UInt64
    /// Depth and update id of a recorded message, which subscribers of that depth get unchanged.
    var recorded: Recorded?

    struct Recorded: Equatable, Sendable {
        let depth: Int
        let updateID: UInt64
    }
}

struct Trade: Equatable, Sendable {
    let id: String
    let timeMs: Int64
    let price: Fixed
    let quantity: Fixed
    let takerBuys: Bool
    let sequence: UInt64
}

struct TradeBatch: Equatable, Sendable {
    let symbol: String
    let timeMs: Int64
    let trades: [Trade]
}

/// What a ticker says beside the book and the trades; a recording of books and trades has none of it.
struct MarketFigures: Equatable, Sendable {
    var mark: Fixed
    var index: Fixed
    var openInterest: Fixed
    var fundingRate: Fixed
    var nextFundingMs: Int64
    var fundingIntervalHours: Int64 = 8
    /// Options only.
    var option: OptionFigures?
}

/// What an option's ticker says beside its book: volatilities as fractions, sensitivities, the underlying.
struct OptionFigures: Equatable, Sendable {
    var underlying: Fixed
    var markVolatility: Fixed
    var bidVolatility: Fixed
    var askVolatility: Fixed
    var delta: Fixed
    var gamma: Fixed
    var vega: Fixed
    var theta: Fixed
}

/// A position the exchange closed by force.
struct Liquidation: Equatable, Sendable {
    let timeMs: Int64
    /// The side of the position: true for a long.
    let wasLong: Bool
    let price: Fixed
    let quantity: Fixed
}

/// What an invented market can do beyond what recordings hold.
enum Happening: Equatable, Sendable {
    case market(MarketEvent)
    /// Finished candles of one length from before the start, oldest first; longer lengths come first.
    case past(symbol: String, [Candle], length: KlineInterval)
    case liquidations(symbol: String, [Liquidation], timeMs: Int64)
    /// The service goes down for so long and comes back with fresh books.
    case outage(lengthMs: Int64, timeMs: Int64)
}

/// A happening and the moment, in the source's own nanoseconds, at which it is due.
struct TimedHappening: Equatable, Sendable {
    let dueNs: Int64
    let happening: Happening
}

/// Everything that can happen in a simulated market, generated or replayed.
enum MarketEvent: Equatable, Sendable {
    /// A symbol exists; comes before everything else about it.
    case listed(InstrumentSpec)
    /// Finished one-minute candles from before the start, oldest first.
    case history(symbol: String, [Candle])
    case book(BookUpdate)
    case trades(TradeBatch)
    case figures(symbol: String, MarketFigures, timeMs: Int64)
    /// Fields of a recorded ticker message.
    case ticker(symbol: String, fields: [TickerField], isSnapshot: Bool, sequence: UInt64, timeMs: Int64)
    /// A recorded message, passed on as it is.
    indirect case recorded(RecordedPush)
    /// Nothing but time going by.
    case clock(timeMs: Int64)

    /// The exchange's time of the event, where it has one.
    var timeMs: Int64? {
        switch self {
        case .listed, .history: nil
        case .book(let update): update.timeMs
        case .trades(let batch): batch.timeMs
        case .figures(_, _, let timeMs), .ticker(_, _, _, _, let timeMs), .clock(let timeMs): timeMs
        case .recorded(let push): push.timeMs
        }
    }
}

/// An event and the moment, in the source's own nanoseconds, at which it is due.
struct TimedEvent: Equatable, Sendable {
    let dueNs: Int64
    let event: MarketEvent
}

/// Gives a market's events one by one, in order of their due times.
protocol MarketSource {
    /// The next event, or nil at the end of a recording.
    mutating func next() throws(SimulatorError) -> TimedEvent?
}
