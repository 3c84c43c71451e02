import Contracts

/// Candles of one instrument and length, exact and compact; many runs share one copy.
///
/// - Shape: in order of time, at most one an interval; gaps stay gaps.
/// - Units: prices in quote asset; volumes in base asset (inverse: contracts), zero for mark prices.
package struct CandleColumns: Sendable {
    package let instrument: Instrument
    package let minutes: Int
    package let starts: ContiguousArray<UnixMilliseconds>
    /// Open, high, low and close, four to a candle.
    package let prices: DecimalColumn
    package let volumes: DecimalColumn
    /// Empty where the file tells volumes; then a turnover is its volume at its close.
    package let turnovers: DecimalColumn

    package init(
        instrument: Instrument,
        minutes: Int,
        starts: ContiguousArray<UnixMilliseconds>,
        prices: DecimalColumn,
        volumes: DecimalColumn,
        turnovers: DecimalColumn = DecimalColumn()
    ) {
        precondition(prices.count == 4 * starts.count, "four prices a candle")
        precondition(volumes.count == starts.count, "a volume a candle")
        self.instrument = instrument
        self.minutes = minutes
        self.starts = starts
        self.prices = prices
        self.volumes = volumes
        self.turnovers = turnovers
    }

    package var count: Int { starts.count }
    package var milliseconds: Int64 { Int64(minutes) * 60_000 }

    /// The candles that begin at `from` or later and end at `to` or before.
    package func indices(from: UnixMilliseconds?, to: UnixMilliseconds?) -> Range<Int> {
        let first = from.map { time in starts.partitioningIndex { $0 >= time } } ?? 0
        let end = to.map { time in starts.partitioningIndex { $0 &+ milliseconds > time } } ?? count
        return first..<max(first, end)
    }

    @inline(__always)
    package func price(_ index: Int, _ place: Place) -> Price {
        Price(units: prices.units[4 &* index &+ place.rawValue], scale: prices.scale)
    }

    @inline(__always)
    package func volume(_ index: Int) -> Quantity {
        Quantity(units: volumes.units[index], scale: volumes.scale)
    }

    /// Which of a candle's four prices.
    package enum Place: Int, Sendable { case open, high, low, close }
}

extension ContiguousArray<Int64> {
    /// The first place whose element, and all behind it, `belongs`.
    func partitioningIndex(where belongs: (Int64) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if belongs(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
