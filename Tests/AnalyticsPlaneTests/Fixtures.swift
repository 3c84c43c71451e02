import AnalyticsPlane
import Contracts
import EventKernel
import TestKit

let bitcoin = instrument("linear:BTCUSDT")
let ether = instrument("linear:ETHUSDT")
/// A minute that begins at a full hour.
let startOfBar: UnixMilliseconds = 1_700_002_800_000

func instrument(_ text: String) -> Instrument {
    guard let instrument = Instrument(text) else { preconditionFailure("\(text) is no instrument") }
    return instrument
}

extension TradeEvent {
    static func fixture(
        of instrument: Instrument = bitcoin,
        at milliseconds: Int64,
        price: Price,
        side: Side = .buy,
        quantity: Quantity = 1,
        isBlockTrade: Bool = false,
        isBackfill: Bool = false
    ) -> TradeEvent {
        TradeEvent(
            meta: EventMeta(source: .market),
            instrument: instrument,
            exchangeTime: startOfBar + milliseconds,
            id: .number(1),
            side: side,
            price: price,
            quantity: quantity,
            isBlockTrade: isBlockTrade,
            isBackfill: isBackfill
        )
    }
}

extension TickerEvent {
    static func fixture(
        of instrument: Instrument = bitcoin,
        at milliseconds: Int64,
        mark: Price? = nil,
        index: Price? = nil
    ) -> TickerEvent {
        TickerEvent(
            meta: EventMeta(source: .market),
            instrument: instrument,
            exchangeTime: startOfBar + milliseconds,
            markPrice: mark,
            indexPrice: index
        )
    }
}

extension FundingEvent {
    static func fixture(
        at milliseconds: Int64,
        rate: Ratio = 0,
        next: Int64? = nil,
        isBackfill: Bool = false
    ) -> FundingEvent {
        FundingEvent(
            meta: EventMeta(source: .market),
            instrument: bitcoin,
            exchangeTime: startOfBar + milliseconds,
            rate: rate,
            nextFundingTime: next.map { startOfBar + $0 },
            intervalHours: 8,
            isBackfill: isBackfill
        )
    }
}

extension OpenInterestEvent {
    static func fixture(
        at milliseconds: Int64,
        _ openInterest: Quantity,
        isBackfill: Bool = false
    ) -> OpenInterestEvent {
        OpenInterestEvent(
            meta: EventMeta(source: .market),
            instrument: bitcoin,
            exchangeTime: startOfBar + milliseconds,
            openInterest: openInterest,
            value: nil,
            isBackfill: isBackfill
        )
    }
}

extension OrderBookDelta {
    static func fixture(bids: [(Price, Quantity)], asks: [(Price, Quantity)]) -> OrderBookDelta {
        OrderBookDelta(
            meta: EventMeta(source: .market),
            instrument: bitcoin,
            exchangeTime: startOfBar,
            depth: 50,
            isSnapshot: true,
            updateID: 1,
            levels: ContiguousArray((bids + asks).map { BookLevel(price: $0.0, size: $0.1) }),
            bidCount: bids.count
        )
    }
}

extension KlineEvent {
    static func fixture(
        minutes: Int = 1,
        bar: Int64,
        open: Price,
        high: Price,
        low: Price,
        close: Price,
        volume: Quantity = 1,
        isConfirmed: Bool = true,
        isBackfill: Bool = false
    ) -> KlineEvent {
        let start = startOfBar + bar * Int64(minutes) * 60_000
        return KlineEvent(
            meta: EventMeta(source: .market),
            instrument: bitcoin,
            minutes: minutes,
            start: start,
            end: start + Int64(minutes) * 60_000 - 1,
            open: open,
            high: high,
            low: low,
            close: close,
            volume: volume,
            turnover: 1,
            isConfirmed: isConfirmed,
            isBackfill: isBackfill
        )
    }
}

extension FeatureSet {
    static func fixture(
        bar: Int64,
        distance: Double,
        atr: Double = 10,
        spread: Double? = 0.0005,
        volatility: Double = 0.01,
        adx: Double? = nil,
        isWarm: Bool = true,
        barSeconds: Int = 60
    ) -> FeatureSet {
        let figures: [(Feature, Double?)] = [
            (.emaFast, 100 + distance), (.emaSlow, 100), (.atr, atr), (.spread, spread),
            (.volatility, volatility), (.adx, adx),
        ]
        let known = figures.filter { $1 != nil }.sorted { $0.0.rawValue < $1.0.rawValue }
        return FeatureSet(
            meta: EventMeta(source: .analytics),
            instrument: bitcoin,
            barSeconds: barSeconds,
            barEnd: startOfBar + bar * Int64(barSeconds) * 1000,
            open: 100,
            high: 100,
            low: 100,
            close: 100,
            isWarm: isWarm,
            known: FeatureMask(known.map(\.0)),
            figures: known.compactMap(\.1)
        )
    }
}

extension FeatureSettings {
    /// The features of few bars: warm with the third.
    static func short(
        source: BarSource = .trades,
        barSeconds: Int = 60,
        timeframes: [Int] = []
    ) -> FeatureSettings {
        var settings = FeatureSettings(
            source: source,
            barSeconds: barSeconds,
            emaFastBars: 2,
            emaSlowBars: 3,
            atrBars: 2,
            volatilityBars: 2
        )
        settings.timeframes = timeframes
        settings.features = FeatureMask([
            .emaFast, .emaSlow, .atr, .volatility, .barReturn, .tradeFlow, .spread, .imbalance, .volume,
        ])
        return settings
    }

    /// Every feature, over few bars.
    static func all(
        source: BarSource = .trades,
        barSeconds: Int = 60,
        timeframes: [Int] = []
    ) -> FeatureSettings {
        var settings = short(source: source, barSeconds: barSeconds, timeframes: timeframes)
        settings.features = .all
        (settings.macdFastBars, settings.macdSlowBars, settings.macdSignalBars) = (2, 4, 3)
        (settings.smaBars, settings.wmaBars, settings.rsiBars, settings.adxBars) = (3, 4, 3, 2)
        (settings.stochasticBars, settings.cciBars, settings.mfiBars, settings.rocBars) = (3, 4, 3, 2)
        (settings.superTrendBars, settings.bollingerBars, settings.donchianBars) = (3, 4, 5)
        (settings.keltnerBars, settings.keltnerATRBars, settings.vwapBars) = (3, 4, 5)
        return settings
    }
}

/// A plane with a feature engine alone.
func featurePlane(
    _ settings: FeatureSettings,
    startingAt time: UnixMilliseconds = 1_700_000_000_000
) -> PlaneHarness {
    PlaneHarness(startingAt: time) { kernel in _ = FeatureEngine(settings: settings, kernel: kernel) }
}
