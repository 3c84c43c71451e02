import Contracts

extension DataSet {
    /// So many rows or messages at the beginning of what is not kept in memory tell its decimal places.
    private static let sampleCount = 2_000

    static func sample(
        _ part: Part,
        _ file: DataFile,
        _ places: inout [Instrument: DataPlaces]
    ) throws(DataError) {
        switch part {
        case .candles, .marks, .funding, .quotes, .trades, .binance: return
        case .tradeFile:
            guard let instrument = file.instrument else { return }
            var reader = try TableReader<TradeFormat>(path: file.path, kind: .trades, instrument: instrument)
            var own = places[instrument] ?? DataPlaces(price: 0, quantity: nil)
            for _ in 0..<sampleCount {
                guard let row = try reader.next() else { break }
                own.note(
                    price: Price(units: row.price.units, scale: UInt8(row.price.scale)),
                    quantity: Quantity(units: row.quantity.units, scale: UInt8(row.quantity.scale))
                )
            }
            places[instrument] = own
        case .recording(let path, let category, let choice):
            let source = try FrameSource(path, category: category, choice: choice)
            try source.sample(sampleCount, &places)
        }
    }

    static func sample(_ part: Part, _ instrument: Instrument) throws(DataError) -> DataPlaces {
        guard case .binance(let paths, _, let size) = part else {
            preconditionFailure("the part was made of Binance's files")
        }
        let source = try BinanceSource(paths, instrument: instrument, contractSize: size)
        return try source.sample(sampleCount)
    }
}

extension FrameSource {
    /// Looks at the first `count` groups of events for the decimal places of their figures.
    func sample(_ count: Int, _ places: inout [Instrument: DataPlaces]) throws(DataError) {
        for _ in 0..<count {
            guard next != .end else { return }
            for event in waitingEvents { event.note(into: &places) }
            try skip()
        }
    }
}

extension BinanceSource {
    /// Looks at the first `count` groups of events for the decimal places of their figures.
    func sample(_ count: Int) throws(DataError) -> DataPlaces {
        var places: [Instrument: DataPlaces] = [:]
        for _ in 0..<count {
            guard next != .end else { break }
            for event in waitingEvents { event.note(into: &places) }
            try skip()
        }
        return places.values.reduce(DataPlaces(price: 0, quantity: nil)) { $0.joined($1) }
    }
}

extension AnyEvent {
    fileprivate func note(into places: inout [Instrument: DataPlaces]) {
        guard let instrument = tradedInstrument else { return }
        var own = places[instrument] ?? DataPlaces(price: 0, quantity: nil)
        switch self {
        case .marketTrade(let trade): own.note(price: trade.price, quantity: trade.quantity)
        case .marketOrderbookDelta(let delta):
            for level in delta.levels { own.note(price: level.price, quantity: level.size) }
        case .marketKline(let candle): own.note(price: candle.close, quantity: candle.volume)
        case .marketTicker(let ticker):
            if let last = ticker.lastPrice { own.note(price: last, quantity: nil) }
        default: break
        }
        places[instrument] = own
    }
}
