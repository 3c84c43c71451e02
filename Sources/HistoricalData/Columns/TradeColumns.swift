import Contracts

/// Public trades of one instrument in matching order, exact and compact; many runs share one copy.
package struct TradeColumns: Sendable {
    package let instrument: Instrument
    package let times: ContiguousArray<UnixMilliseconds>
    package let prices: DecimalColumn
    /// In base asset (inverse: contracts of 1 USD); below zero where the taker sold.
    package let quantities: DecimalColumn
    /// The exchange's; empty where the file tells none.
    package let ids: ContiguousArray<Int64>

    package init(
        instrument: Instrument,
        times: ContiguousArray<UnixMilliseconds>,
        prices: DecimalColumn,
        quantities: DecimalColumn,
        ids: ContiguousArray<Int64> = []
    ) {
        precondition(
            prices.count == times.count && quantities.count == times.count,
            "a price and size a trade"
        )
        precondition(ids.isEmpty || ids.count == times.count, "an id a trade")
        self.instrument = instrument
        self.times = times
        self.prices = prices
        self.quantities = quantities
        self.ids = ids
    }

    package var count: Int { times.count }

    /// The trades from `from` on and before `to`.
    package func indices(from: UnixMilliseconds?, to: UnixMilliseconds?) -> Range<Int> {
        let first = from.map { time in times.partitioningIndex { $0 >= time } } ?? 0
        let end = to.map { time in times.partitioningIndex { $0 >= time } } ?? count
        return first..<max(first, end)
    }

    static func read(
        _ path: String,
        instrument: Instrument,
        contractSize: Int64
    ) throws(DataError) -> (columns: TradeColumns, report: DataReport) {
        var reader = try TableReader<TradeFormat>(path: path, kind: .trades, instrument: instrument)
        let hasIDs = reader.header.has("trade_id")
        var (times, ids): (ContiguousArray<UnixMilliseconds>, ContiguousArray<Int64>) = ([], [])
        var (prices, quantities) = (DecimalColumn(), DecimalColumn())
        while let row = try reader.next() {
            times.append(row.time)
            if hasIDs { ids.append(row.id) }
            let (units, overflows) = row.quantity.units.multipliedReportingOverflow(
                by: row.isBuy ? contractSize : -contractSize
            )
            let signed = DecimalField.Number(units: units, scale: row.quantity.scale)
            guard !overflows, prices.append(row.price), quantities.append(signed) else {
                throw .outOfRange(path: path, line: reader.lineNumber)
            }
        }
        let columns = TradeColumns(
            instrument: instrument,
            times: times,
            prices: prices,
            quantities: quantities,
            ids: ids
        )
        return (columns, reader.report)
    }
}
