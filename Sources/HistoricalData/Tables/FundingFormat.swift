import Contracts

/// One settlement's rate.
struct FundingRow {
    let time: UnixMilliseconds
    let rate: DecimalField.Number
}

/// Funding rates: a fraction of the position's value at each settlement, above zero where longs pay.
struct FundingFormat: TableFormat {
    private let header: TableHeader
    private let time: TableHeader.TimeColumn
    private let rate: Int

    init?(_ header: TableHeader) {
        guard let time = header.time(["funding_time"]), let rate = header.index("funding_rate") else {
            return nil
        }
        (self.header, self.time, self.rate) = (header, time, rate)
    }

    func row(_ fields: TableRow) throws(RowProblem) -> FundingRow {
        FundingRow(time: try fields.time(time, header), rate: try fields.number(rate, header))
    }

    func time(of row: FundingRow) -> UnixMilliseconds { row.time }
    func repeats(_ row: FundingRow, _ previous: FundingRow) -> Bool { true }
}
