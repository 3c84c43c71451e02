import NIOCore

/// The past of one derivative that REST can be asked for: funding, open interest, mark and index by minutes.
struct SymbolLog {
    static let samplesMax = 2400
    static let settlementsMax = 400
    static let sampleMs: Int64 = 300_000
    private static let hourMs: Int64 = 3_600_000

    struct Settlement: Equatable {
        let timeMs: Int64
        let rate: Fixed
    }

    struct Sample: Equatable {
        let timeMs: Int64
        let openInterest: Fixed
    }

    private(set) var settlements = CircularBuffer<Settlement>()
    private(set) var samples = CircularBuffer<Sample>()
    private(set) var mark = CandleSeries(interval: .minute1)
    private(set) var index = CandleSeries(interval: .minute1)

    /// Takes new figures; a funding time that moved on means that the old one was settled.
    mutating func note(_ figures: MarketFigures, after old: MarketFigures?, timeMs: Int64) {
        if let old, old.nextFundingMs > 0, figures.nextFundingMs > old.nextFundingMs {
            settlements.append(Settlement(timeMs: old.nextFundingMs, rate: old.fundingRate))
            if settlements.count > SymbolLog.settlementsMax { settlements.removeFirst() }
        }
        let slot = timeMs / SymbolLog.sampleMs * SymbolLog.sampleMs
        if slot > samples.last?.timeMs ?? 0 {
            samples.append(Sample(timeMs: slot, openInterest: figures.openInterest))
            if samples.count > SymbolLog.samplesMax { samples.removeFirst() }
        }
        _ = mark.absorb(SymbolLog.piece(figures.mark, timeMs))
        _ = index.absorb(SymbolLog.piece(figures.index, timeMs))
    }

    /// Invents what was before an invented market began: some weeks of settlements, a week of samples.
    mutating func invent(before figures: MarketFigures, timeMs: Int64, minutes: [Candle], seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let intervalMs = max(1, figures.fundingIntervalHours) * SymbolLog.hourMs
        let first = figures.nextFundingMs - intervalMs
        if figures.nextFundingMs > 0 {
            for back in stride(from: Int64(119), through: 0, by: -1) {
                let rate = Fixed(units: 10_000 + (random.below(2001) - 1000) * 10)
                settlements.append(Settlement(timeMs: first - back * intervalMs, rate: rate))
            }
        }
        let slot = timeMs / SymbolLog.sampleMs * SymbolLog.sampleMs
        var interest = figures.openInterest
        var past: [Sample] = []
        for back in Int64(1)...2016 {
            interest = Fixed(
                units: max(1, interest.units + interest.units / 100_000 * (random.below(201) - 100))
            )
            past.append(Sample(timeMs: slot - back * SymbolLog.sampleMs, openInterest: interest))
        }
        for sample in past.reversed() { samples.append(sample) }
        for minute in minutes {
            var flat = minute
            (flat.volume, flat.turnover) = (0, 0)
            _ = mark.absorb(flat)
            _ = index.absorb(flat)
        }
    }

    /// Minutes put together to candles of a longer kind, oldest first.
    static func gathered(_ minutes: CandleSeries, as interval: KlineInterval) -> [Candle] {
        var candles: [Candle] = []
        for minute in Array(minutes.closed) + (minutes.current.map { [$0] } ?? []) {
            let start = interval.start(of: minute.startMs)
            if var last = candles.last, last.startMs == start {
                last.absorb(minute)
                candles[candles.count - 1] = last
            } else {
                candles.append(
                    Candle(
                        startMs: start,
                        open: minute.open,
                        high: minute.high,
                        low: minute.low,
                        close: minute.close,
                        lastTradeMs: minute.lastTradeMs
                    )
                )
            }
        }
        return candles
    }

    private static func piece(_ price: Fixed, _ timeMs: Int64) -> Candle {
        Candle(startMs: timeMs, open: price, high: price, low: price, close: price, lastTradeMs: timeMs)
    }
}
