import AnalyticsPlane
import Contracts
import ExecutionPlane
import HistoricalData
import RiskPlane
import StrategyPlane

/// Fits settings made for a live market to what the data has, and says what was changed.
///
/// History is seldom whole: candles have no books, funding files no forecasts. A check that waits for what never comes
/// would refuse everything, so what is missing stops nothing; what is there is still asked.
struct BacktestFit {
    private(set) var settings: BacktestSettings
    /// What gave way, a sentence each.
    private(set) var notes: [String] = []
    private let streams: DataStreams

    init(_ settings: BacktestSettings, to streams: DataStreams) throws(BacktestError) {
        self.settings = settings
        self.streams = streams
        // History has one clock, the exchange's.
        self.settings.risk.clockRequired = false
        guard settings.fitsData else { return }
        fitLiquidity()
        try fitBars()
        fitRisk()
        fitTriggers()
        if !streams.hasBooks { self.settings.execution.followsBook = false }
        if streams.candleMinutes.isEmpty, usesOpens {
            notes.append("no candles: decisions timed for the next open are never spoken")
        }
    }

    private mutating func fitLiquidity() {
        let (slippage, hasCandles) = (settings.slippage, !streams.candleMinutes.isEmpty)
        switch settings.venue.liquidity {
        case .book where !streams.hasBooks && streams.hasTrades:
            settings.venue.liquidity = .trades(slippage: slippage)
            notes.append("no order books: orders are filled from trades, \(slippage) worse")
        case .book where !streams.hasBooks && hasCandles, .trades where !streams.hasTrades && hasCandles:
            settings.venue.liquidity = .candles(slippage: slippage)
            notes.append("no books and no trades: orders are filled at candles' opens, \(slippage) worse")
        case .candles(let own) where !hasCandles && streams.hasTrades:
            settings.venue.liquidity = .trades(slippage: own)
            notes.append("no candles: orders are filled from trades, \(own) worse")
        case .book, .trades, .candles: break
        }
    }

    private mutating func fitBars() throws(BacktestError) {
        switch settings.features.source {
        case .trades:
            guard !streams.hasTrades else { return }
            guard let minutes = streams.candleMinutes.first else { throw .noBars }
            settings.features.source = .klines(minutes: minutes)
            notes.append("no trades: features follow the candles of \(minutes) minutes")
        case .klines(let minutes):
            guard !streams.candleMinutes.contains(minutes) else { return }
            if streams.hasTrades {
                settings.features.source = .trades
                settings.features.barSeconds = minutes * 60
                notes.append("no candles of \(minutes) minutes: bars are built from trades")
            } else {
                guard let shortest = streams.candleMinutes.first else { throw .noBars }
                settings.features.source = .klines(minutes: shortest)
                notes.append("no candles of \(minutes) minutes: features follow those of \(shortest)")
            }
        }
        if let fault = settings.features.fault { throw .features(fault) }
    }

    private mutating func fitRisk() {
        let lacking: [(Bool, WritableKeyPath<RiskLimits, Bool>, String)] = [
            (!streams.hasMarks, \.collarRequiresMark, "no mark prices: the collar stops nothing"),
            (!streams.hasQuotes, \.spreadRequiresQuote, "no quotes: the spread stops nothing"),
            (!streams.hasBooks, \.slippageRequiresBook, "no order books: their depth stops nothing"),
            (
                !streams.hasFunding, \.fundingRequiresRate,
                "no funding rates: none is paid, and none stops an entry"
            ),
        ]
        for (isLacking, requirement, note) in lacking where isLacking && settings.risk[keyPath: requirement] {
            settings.risk[keyPath: requirement] = false
            notes.append(note)
        }
    }

    private mutating func fitTriggers() {
        guard settings.execution.triggerSource == .mark, !streams.hasMarks || streams.hasCoarseMarks else {
            return
        }
        settings.execution.triggerSource = .last
        notes.append("no mark prices between the hours: stops and take profits watch the last price")
    }

    private var usesOpens: Bool {
        let builtIn = [
            settings.strategy.emaCross?.options, settings.strategy.donchian?.options,
            settings.strategy.bollinger?.options, settings.strategy.fundingCarry?.options,
        ]
        return (builtIn.compactMap { $0 } + settings.strategies.map(\.options)).contains {
            $0.timing == .nextOpen
        }
    }
}
