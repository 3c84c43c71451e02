import Contracts

/// What the beginning of a data set says about the rest: decimal places and kinds of events.
package struct DataSample: Sendable {
    /// So many rows or messages are looked at.
    private static let count = 2_000

    package private(set) var places: [Instrument: DataPlaces] = [:]
    package private(set) var streams = DataStreams()

    package init() {}

    /// Looks at a part: at all of what is in memory, at the beginning of what is not.
    mutating func look(at part: DataSet.Part) throws(DataError) {
        streams.note(part)
        if let (instrument, own) = part.places { join(own, of: instrument) }
        switch part {
        case .candles, .marks, .funding, .quotes, .trades, .numpyTicks: return
        case .tradeFile(let file, _): try look(at: file)
        case .recording(let path, let category, let choice, _):
            let source = try FrameSource(path, category: category, choice: choice)
            for _ in 0..<Self.count where source.next != .end {
                for event in source.waitingEvents { look(at: event) }
                try source.skip()
            }
        case .binance(let paths, let instrument, let size):
            let source = try BinanceSource(paths, instrument: instrument, contractSize: size)
            for _ in 0..<Self.count where source.next != .end {
                for event in source.waitingEvents { look(at: event) }
                try source.skip()
            }
        }
    }

    private mutating func look(at file: DataFile) throws(DataError) {
        guard let instrument = file.instrument else { return }
        var reader = try TableReader<TradeFormat>(path: file.path, kind: .trades, instrument: instrument)
        var own = DataPlaces(price: 0, quantity: nil)
        for _ in 0..<Self.count {
            guard let row = try reader.next() else { break }
            own.note(
                price: Price(units: row.price.units, scale: UInt8(row.price.scale)),
                quantity: Quantity(units: row.quantity.units, scale: UInt8(row.quantity.scale))
            )
        }
        join(own, of: instrument)
    }

    private mutating func look(at event: AnyEvent) {
        guard let instrument = event.tradedInstrument else { return }
        var seen = DataStreams()
        seen.note(event)
        streams.join(seen)
        var own = DataPlaces(price: 0, quantity: nil)
        switch event {
        case .marketTrade(let trade): own.note(price: trade.price, quantity: trade.quantity)
        case .marketOrderbookDelta(let delta):
            for level in delta.levels { own.note(price: level.price, quantity: level.size) }
        case .marketKline(let candle): own.note(price: candle.close, quantity: candle.volume)
        case .marketTicker(let ticker):
            if let last = ticker.lastPrice { own.note(price: last, quantity: nil) }
        default: break
        }
        join(own, of: instrument)
    }

    private mutating func join(_ own: DataPlaces, of instrument: Instrument) {
        places[instrument] = places[instrument].map { $0.joined(own) } ?? own
    }
}
