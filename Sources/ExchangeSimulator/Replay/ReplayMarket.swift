/// Recordings played one event after the other, several files merged by time, once or in laps.
struct ReplayMarket: MarketSource {
    /// How long after its end a candle waits for late trades when books and trades were recorded apart.
    private static let recordedGraceMs: Int64 = 2000
    /// The pause between the laps of a loop.
    private static let lapPauseMs: Int64 = 1000

    let startMs: Int64
    let candleGraceMs: Int64
    private let loops: Bool
    private var files: [ReplayFile]
    private var heads: [TimedEvent?]
    private var listings: [TimedEvent]
    private var firstNs: Int64
    private var lastNs: Int64
    private var lap = 0
    private var shiftMs: Int64 = 0

    init(files paths: [String], symbol: String?, loops: Bool) throws(SimulatorError) {
        guard !paths.isEmpty else {
            throw .badOption(option: "--replay", value: "", expected: "at least one file")
        }
        var files: [ReplayFile] = []
        for path in paths { files.append(try ReplayFile(path: path, symbol: symbol)) }
        var heads: [TimedEvent?] = []
        for index in files.indices { heads.append(try files[index].next()) }
        let first = heads.compactMap { $0?.dueNs }.min() ?? 0
        listings = files.flatMap(\.specs).map { TimedEvent(dueNs: first, event: .listed($0)) }
        startMs = files.map(\.firstMs).min() ?? 0
        candleGraceMs = files.allSatisfy(\.format.isCSV) ? 0 : ReplayMarket.recordedGraceMs
        self.loops = loops
        (self.files, self.heads, firstNs, lastNs) = (files, heads, first, first)
    }

    mutating func next() throws(SimulatorError) -> TimedEvent? {
        if !listings.isEmpty { return listings.removeFirst() }
        if heads.allSatisfy({ $0 == nil }) {
            guard loops else { return nil }
            try beginLap()
        }
        var earliest: Int?
        for (index, head) in heads.enumerated() {
            guard let head else { continue }
            if let known = earliest, let best = heads[known], best.dueNs <= head.dueNs { continue }
            earliest = index
        }
        guard let earliest, let event = heads[earliest] else { return nil }
        heads[earliest] = try files[earliest].next()
        lastNs = max(lastNs, event.dueNs)
        guard lap > 0 else { return event }
        return TimedEvent(
            dueNs: event.dueNs + shiftMs * 1_000_000,
            event: event.event.shifted(byMs: shiftMs, lap: lap)
        )
    }

    /// Later laps keep time rising: they are as long after the first as the recording lasts.
    private mutating func beginLap() throws(SimulatorError) {
        lap += 1
        let lengthMs = (lastNs - firstNs) / 1_000_000 + ReplayMarket.lapPauseMs
        // Whole minutes keep candles on their grid.
        shiftMs = Int64(lap) * ((lengthMs + 59_999) / 60_000 * 60_000)
        for index in files.indices {
            try files[index].rewind()
            heads[index] = try files[index].next()
        }
    }
}

extension MarketEvent {
    /// The same event in a later lap: later by `ms`, its trades told apart from those of other laps.
    func shifted(byMs ms: Int64, lap: Int) -> MarketEvent {
        switch self {
        case .listed, .history: self
        // Its text is of the first lap; what it says is told anew, where that is followed.
        case .recorded(let push): push.event?.shifted(byMs: ms, lap: lap) ?? self
        case .clock(let timeMs): .clock(timeMs: timeMs + ms)
        case .figures(let symbol, var figures, let timeMs):
            {
                figures.nextFundingMs += ms
                return .figures(symbol: symbol, figures, timeMs: timeMs + ms)
            }()
        case .ticker(let symbol, let fields, let isSnapshot, let sequence, let timeMs):
            .ticker(
                symbol: symbol,
                fields: fields,
                isSnapshot: isSnapshot,
                sequence: sequence,
                timeMs: timeMs + ms
            )
        case .book(let update):
            .book(
                BookUpdate(
                    symbol: update.symbol,
                    isSnapshot: update.isSnapshot,
                    bids: update.bids,
                    asks: update.asks,
                    timeMs: update.timeMs + ms,
                    engineMs: update.engineMs + ms,
                    sequence: update.sequence,
                    recorded: update.recorded
                )
            )
        case .trades(let batch):
            .trades(
                TradeBatch(
                    symbol: batch.symbol,
                    timeMs: batch.timeMs + ms,
                    trades: batch.trades.map { trade in
                        Trade(
                            id: "\(trade.id)-\(lap)",
                            timeMs: trade.timeMs + ms,
                            price: trade.price,
                            quantity: trade.quantity,
                            takerBuys: trade.takerBuys,
                            sequence: trade.sequence
                        )
                    }
                )
            )
        }
    }
}
