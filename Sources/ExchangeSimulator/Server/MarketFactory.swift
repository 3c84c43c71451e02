import Glibc

/// Turns the choice of a market into the market itself.
enum MarketFactory {
    struct Market {
        let source: MarketDriver.Source
        let startMs: Int64
        let candleGraceMs: Int64
        /// Tells the events that must be there before the first client comes.
        let isOpening: (MarketEvent) -> Bool
    }

    static func market(for choice: MarketChoice, hasOutages: Bool) throws(SimulatorError) -> Market {
        switch choice {
        case .generated(let seed, let symbols, let rate, let startMs):
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
            let listings = try Listing.list(symbols, startMs: start)
            let market = GeneratedMarket(
                seed: seed,
                listings: listings,
                rate: rate,
                startMs: start,
                hasOutages: hasOutages
            )
            return Market(
                source: .generated(market),
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
                source: .recorded(replay),
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
