import Contracts

extension DataSet.Part {
    /// The instruments that it is known to tell before it is read.
    var instruments: [Instrument] {
        switch self {
        case .candles(let columns), .marks(let columns): [columns.instrument]
        case .funding(let columns): [columns.instrument]
        case .quotes(let columns): [columns.instrument]
        case .trades(let columns): [columns.instrument]
        case .tradeFile(let file, _): file.instrument.map { [$0] } ?? []
        case .recording: []
        case .binance(_, let instrument, _), .numpyTicks(_, let instrument, _, _): [instrument]
        }
    }

    /// The decimal places of what is in memory.
    var places: (Instrument, DataPlaces)? {
        switch self {
        case .candles(let columns):
            (
                columns.instrument,
                DataPlaces(price: columns.prices.usedScale, quantity: columns.volumes.usedScale)
            )
        case .quotes(let columns):
            (
                columns.instrument,
                DataPlaces(price: columns.prices.usedScale, quantity: columns.sizes.usedScale)
            )
        case .trades(let columns):
            (
                columns.instrument,
                DataPlaces(price: columns.prices.usedScale, quantity: columns.quantities.usedScale)
            )
        case .numpyTicks(_, let instrument, let price, let quantity):
            (instrument, DataPlaces(price: price, quantity: quantity))
        case .marks, .funding, .tradeFile, .recording, .binance: nil
        }
    }

    /// When it ends; nil where only reading it would tell.
    var end: UnixMilliseconds? {
        switch self {
        case .candles(let columns): columns.starts.last.map { $0 + columns.milliseconds }
        case .marks(let columns): columns.starts.last
        case .funding(let columns): columns.times.last
        case .quotes(let columns): columns.starts.last.map { $0 + Int64(columns.minutes) * 60_000 }
        case .trades(let columns): columns.times.last
        case .tradeFile, .recording, .binance, .numpyTicks: nil
        }
    }

    func source(from: UnixMilliseconds?, to: UnixMilliseconds?) throws(DataError) -> any MarketSource {
        switch self {
        case .candles(let columns): return CandleSource(columns, from: from, to: to)
        case .marks(let columns): return MarkSource(columns, from: from, to: to)
        case .funding(let columns): return FundingSource(columns, from: from, to: to)
        case .quotes(let columns): return QuoteSource(columns, from: from, to: to)
        case .trades(let columns): return TradeSource(columns, from: from, to: to)
        case .tradeFile(let file, let byteCount):
            guard let instrument = file.instrument else { throw .unknownInstrument(path: file.path) }
            return try TradeStream(
                file.path,
                instrument: instrument,
                contractSize: file.contractSize,
                byteCount: byteCount,
                from: from,
                to: to
            )
        case .recording(let path, let category, let choice, let timeline):
            return try FrameSource(
                path,
                category: category,
                choice: choice,
                timeline: timeline,
                from: from,
                to: to
            )
        case .numpyTicks(let path, let instrument, let priceScale, let quantityScale):
            return try NumpyTickSource(
                path,
                instrument: instrument,
                priceScale: priceScale,
                quantityScale: quantityScale
            )
        case .binance(let paths, let instrument, let contractSize):
            return try BinanceSource(
                paths,
                instrument: instrument,
                contractSize: contractSize,
                from: from,
                to: to
            )
        }
    }
}
