import Glibc

/// Turns the choice of a market into the market itself.
enum MarketFactory {
    struct Market {
        let source: any MarketSource
        let startMs: Int64
        let candleGraceMs: Int64
        /// Tells the events that must be there before the first client comes.
        let isOpening: (MarketEvent) -> Bool
    }

    static func market(for choice: MarketChoice) throws(SimulatorError) -> Market {
        switch choice {
        case .generated(let seed, let symbols, let rate, let startMs):
            for symbol in symbols where !InstrumentSpec.isSymbol(symbol) {
                throw .badOption(
                    option: "--symbols",
                    value: symbol,
                    expected: "symbols such as BTCUSDT,ETHUSDT"
                )
            }
            guard !symbols.isEmpty, Set(symbols).count == symbols.count else {
                throw .badOption(
                    option: "--symbols",
                    value: symbols.joined(separator: ","),
                    expected: "each symbol once"
                )
            }
            guard rate > 0, rate <= 100_000 else {
                throw .badOption(option: "--rate", value: "\(rate)", expected: "above 0, at most 100000")
            }
            let start = startMs ?? nowMs()
            guard start >= 0, start < 4_102_444_800_000 else {
                throw .badOption(
                    option: "--start-ms",
                    value: "\(start)",
                    expected: "Unix milliseconds before 2100"
                )
            }
            return Market(
                source: GeneratedMarket(seed: seed, symbols: symbols, rate: rate, startMs: start),
                startMs: start,
                candleGraceMs: 0,
                isOpening: { event in
                    switch event {
                    case .listed, .history, .figures: true
                    case .book(let update): update.isSnapshot
                    default: false
                    }
                }
            )
        case .replay(let files, let symbol, let loops):
            let replay = try ReplayMarket(files: files, symbol: symbol, loops: loops)
            return Market(
                source: replay,
                startMs: replay.startMs,
                candleGraceMs: replay.candleGraceMs,
                isOpening: { event in
                    if case .listed = event { true } else { false }
                }
            )
        }
    }

    private static func nowMs() -> Int64 {
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }
}
