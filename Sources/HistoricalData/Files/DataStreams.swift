import Contracts

/// What a data set tells, as far as it is known before it is read.
package struct DataStreams: Hashable, Sendable {
    package var hasTrades = false
    package var hasBooks = false
    /// Best bid and ask.
    package var hasQuotes = false
    package var hasMarks = false
    package var hasFunding = false
    /// Whether the only mark prices are those of candles: told at a candle's start and never between.
    package var hasCoarseMarks = false
    /// The lengths of candles, shortest first.
    package private(set) var candleMinutes: [Int] = []

    package init() {}

    mutating func noteCandles(minutes: Int) {
        guard !candleMinutes.contains(minutes) else { return }
        candleMinutes = (candleMinutes + [minutes]).sorted()
    }

    mutating func note(_ event: AnyEvent) {
        switch event {
        case .marketTrade: hasTrades = true
        case .marketOrderbookDelta: hasBooks = true
        case .marketKline(let candle): noteCandles(minutes: candle.minutes)
        case .marketFunding: hasFunding = true
        case .marketTicker(let ticker):
            if ticker.bidPrice != nil, ticker.askPrice != nil { hasQuotes = true }
            if ticker.markPrice != nil { hasMarks = true }
        default: break
        }
    }

    mutating func note(_ part: DataSet.Part) {
        switch part {
        case .candles(let columns): noteCandles(minutes: columns.minutes)
        case .marks: (hasMarks, hasCoarseMarks) = (true, !hasMarks || hasCoarseMarks)
        case .funding: hasFunding = true
        case .quotes: hasQuotes = true
        case .trades, .tradeFile, .numpyTicks: hasTrades = true
        case .recording, .binance: break
        }
    }

    mutating func join(_ other: DataStreams) {
        hasTrades = hasTrades || other.hasTrades
        hasBooks = hasBooks || other.hasBooks
        hasQuotes = hasQuotes || other.hasQuotes
        hasFunding = hasFunding || other.hasFunding
        // Marks of a recording are as fresh as an exchange's.
        if other.hasMarks { hasCoarseMarks = other.hasCoarseMarks && (hasCoarseMarks || !hasMarks) }
        hasMarks = hasMarks || other.hasMarks
        for minutes in other.candleMinutes { noteCandles(minutes: minutes) }
    }
}
