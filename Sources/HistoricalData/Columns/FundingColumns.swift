import Contracts

/// Funding rates of one instrument, in order of time.
package struct FundingColumns: Sendable {
    /// The longest time between two settlements; a longer one is a gap.
    static let intervalMax: Int64 = 8 * 3_600_000

    package let instrument: Instrument
    package let times: ContiguousArray<UnixMilliseconds>
    /// Fractions; above zero: longs pay.
    package let rates: DecimalColumn

    package init(instrument: Instrument, times: ContiguousArray<UnixMilliseconds>, rates: DecimalColumn) {
        precondition(times.count == rates.count, "a rate a settlement")
        self.instrument = instrument
        self.times = times
        self.rates = rates
    }

    package var count: Int { times.count }

    package func rate(_ index: Int) -> Ratio { Ratio(units: rates.units[index], scale: rates.scale) }

    /// How long before settlement `index` the one before it was; of the first one, how long after it the next is.
    package func interval(_ index: Int) -> Int64? {
        let distance: Int64? =
            index > 0
            ? times[index] - times[index - 1] : count > 1 ? times[1] - times[0] : nil
        return distance.flatMap { $0 <= Self.intervalMax ? $0 : nil }
    }

    static func read(
        _ path: String,
        instrument: Instrument
    ) throws(DataError) -> (columns: FundingColumns, report: DataReport) {
        var reader = try TableReader<FundingFormat>(path: path, kind: .funding, instrument: instrument)
        var times: ContiguousArray<UnixMilliseconds> = []
        var rates = DecimalColumn()
        while let row = try reader.next() {
            if let last = times.last, row.time - last > Self.intervalMax {
                let missing = (row.time - last) / Self.intervalMax - 1
                reader.note(DataGap(from: last, to: row.time, missingCount: Int(max(1, missing))))
            }
            times.append(row.time)
            guard rates.append(row.rate) else { throw .outOfRange(path: path, line: reader.lineNumber) }
        }
        return (FundingColumns(instrument: instrument, times: times, rates: rates), reader.report)
    }
}
