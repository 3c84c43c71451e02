import Contracts

/// One candle as its row has it; without a volume, one of mark prices.
struct CandleRow {
    let start: UnixMilliseconds
    let open: DecimalField.Number
    let high: DecimalField.Number
    let low: DecimalField.Number
    let close: DecimalField.Number
    /// In base asset, or in quote asset where the column is a turnover.
    let volume: DecimalField.Number
}

/// Candles with a volume or turnover, and mark price candles without.
struct CandleFormat: TableFormat {
    private let header: TableHeader
    private let time: TableHeader.TimeColumn
    private let prices: (open: Int, high: Int, low: Int, close: Int)
    private let volume: Int?

    init?(_ header: TableHeader) {
        guard let time = header.candleTime, let open = header.index("open"),
            let high = header.index("high"), let low = header.index("low"), let close = header.index("close")
        else { return nil }
        self.header = header
        self.time = time
        prices = (open, high, low, close)
        volume = header.index("volume") ?? header.index("turnover")
    }

    func row(_ fields: TableRow) throws(RowProblem) -> CandleRow {
        let row = CandleRow(
            start: try fields.time(time, header),
            open: try fields.positive(prices.open, header),
            high: try fields.positive(prices.high, header),
            low: try fields.positive(prices.low, header),
            close: try fields.positive(prices.close, header),
            volume: try volume.map { column throws(RowProblem) in try fields.number(column, header) }
                ?? DecimalField.Number(units: 0, scale: 0)
        )
        // BitMEX opens a candle at the last one's close, which may lie outside: that is no mistake of the row.
        if row.high < row.low { throw .inconsistent("high is below low") }
        if row.volume.units < 0 { throw .inconsistent("the volume is below zero") }
        return row
    }

    func time(of row: CandleRow) -> UnixMilliseconds { row.start }
    func repeats(_ row: CandleRow, _ previous: CandleRow) -> Bool { true }
}

extension DecimalField.Number: Comparable {
    static func < (left: Self, right: Self) -> Bool {
        if left.scale == right.scale { return left.units < right.units }
        let common = max(left.scale, right.scale)
        return left.wide(common) < right.wide(common)
    }

    private func wide(_ places: Int) -> Int128 {
        Int128(units) * Int128(PowersOfTen.narrow(places - scale))
    }
}
