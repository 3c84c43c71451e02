import Contracts

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
