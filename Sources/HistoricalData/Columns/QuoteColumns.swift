import Contracts

/// The best bid and ask at the open and the close of each bar of one instrument.
package struct QuoteColumns: Sendable {
    package let instrument: Instrument
    package let minutes: Int
    package let starts: ContiguousArray<UnixMilliseconds>
    /// Bid and ask at the open, then at the close: four to a bar.
    let prices: DecimalColumn
    /// Bid and ask at the close: two to a bar.
    let sizes: DecimalColumn

    package var count: Int { starts.count }

    static func read(
        _ path: String,
        instrument: Instrument
    ) throws(DataError) -> (columns: QuoteColumns, report: DataReport) {
        var reader = try TableReader<QuoteFormat>(path: path, kind: .quotes, instrument: instrument)
        var starts: ContiguousArray<UnixMilliseconds> = []
        var (prices, sizes) = (DecimalColumn(), DecimalColumn())
        while let row = try reader.next() {
            starts.append(row.start)
            guard
                prices.append(row.bidOpen), prices.append(row.askOpen), prices.append(row.bidClose),
                prices.append(row.askClose), sizes.append(row.bidSize), sizes.append(row.askSize)
            else { throw .outOfRange(path: path, line: reader.lineNumber) }
        }
        let minutes = try CandleColumns.minutes(starts, path)
        for gap in try CandleColumns.gaps(starts, minutes, path) { reader.note(gap) }
        let columns = QuoteColumns(
            instrument: instrument,
            minutes: minutes,
            starts: starts,
            prices: prices,
            sizes: sizes
        )
        return (columns, reader.report)
    }
}
