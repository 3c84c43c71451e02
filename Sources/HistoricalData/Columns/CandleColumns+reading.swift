import Contracts

extension CandleColumns {
    /// Reads a whole file of candles or mark prices.
    static func read(
        _ path: String,
        kind: DataKind,
        instrument: Instrument
    ) throws(DataError) -> (columns: CandleColumns, report: DataReport) {
        var reader = try TableReader<CandleFormat>(path: path, kind: kind, instrument: instrument)
        let isTurnover = reader.header.index("volume") == nil && reader.header.index("turnover") != nil
        var starts: ContiguousArray<UnixMilliseconds> = []
        var (prices, amounts, turnovers) = (DecimalColumn(), DecimalColumn(), DecimalColumn())
        while let row = try reader.next() {
            starts.append(row.start)
            var fits =
                prices.append(row.open) && prices.append(row.high) && prices.append(row.low)
                && prices.append(row.close)
            if isTurnover {
                fits = fits && turnovers.appendAmount(row.volume) && amounts.append(row.baseVolume)
            } else {
                fits = fits && amounts.appendAmount(row.volume)
            }
            guard fits else { throw .outOfRange(path: path, line: reader.lineNumber) }
        }
        let minutes = try Self.minutes(starts, path)
        for gap in try Self.gaps(starts, minutes, path) { reader.note(gap) }
        let columns = CandleColumns(
            instrument: instrument,
            minutes: minutes,
            starts: starts,
            prices: prices,
            volumes: amounts,
            turnovers: turnovers
        )
        return (columns, reader.report)
    }

    /// The shortest distance of two candles; longer ones are gaps.
    static func minutes(_ starts: ContiguousArray<UnixMilliseconds>, _ path: String) throws(DataError) -> Int
    {
        let distances = zip(starts.dropFirst(), starts).lazy.map { $0 - $1 }
        guard let shortest = distances.min(), shortest > 0, shortest % 60_000 == 0,
            shortest <= 31 * 1_440 * 60_000
        else { throw .unknownInterval(path: path) }
        return Int(shortest / 60_000)
    }

    static func gaps(
        _ starts: ContiguousArray<UnixMilliseconds>,
        _ minutes: Int,
        _ path: String
    ) throws(DataError) -> [DataGap] {
        let interval = Int64(minutes) * 60_000
        var gaps: [DataGap] = []
        for (start, previous) in zip(starts.dropFirst(), starts) where start - previous != interval {
            guard (start - previous) % interval == 0 else {
                throw .misaligned(path: path, time: start, minutes: minutes)
            }
            let missing = (start - previous) / interval - 1
            gaps.append(DataGap(from: previous + interval, to: start, missingCount: Int(missing)))
        }
        return gaps
    }
}

extension CandleRow {
    /// What a turnover in quote asset is worth in base asset at the close, to eight places.
    fileprivate var baseVolume: DecimalField.Number {
        let worth = Money(units: Int128(volume.units), scale: UInt8(volume.scale))
        let close = Price(units: close.units, scale: UInt8(close.scale))
        guard let quantity = try? worth.quantity(at: close, places: 8) else {
            return DecimalField.Number(units: 0, scale: 8)
        }
        return DecimalField.Number(units: quantity.units, scale: 8)
    }
}
