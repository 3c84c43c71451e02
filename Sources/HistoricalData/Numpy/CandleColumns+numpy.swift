import Contracts

extension CandleColumns {
    /// Reads an array of start in milliseconds, open, high, low, close and volume.
    package static func numpy(
        _ path: String,
        instrument: Instrument,
        priceScale: UInt8,
        quantityScale: UInt8
    ) throws(DataError) -> CandleColumns {
        let rows = try NumpyRows(path)
        var (starts, volumes) = (ContiguousArray<UnixMilliseconds>(), ContiguousArray<Int64>())
        var prices: ContiguousArray<Int64> = []
        starts.reserveCapacity(rows.rowCount)
        volumes.reserveCapacity(rows.rowCount)
        prices.reserveCapacity(4 * rows.rowCount)
        while try rows.next() {
            starts.append(rows[0])
            for column in 1...4 { prices.append(rows[column]) }
            volumes.append(rows[5])
        }
        return CandleColumns(
            instrument: instrument,
            minutes: try minutes(starts, path),
            starts: starts,
            prices: DecimalColumn(units: prices, scale: priceScale),
            volumes: DecimalColumn(units: volumes, scale: quantityScale)
        )
    }
}
