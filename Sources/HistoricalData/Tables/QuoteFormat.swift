import Contracts

/// The best bid and ask when a bar opens and when it closes, and what stood there at the close.
struct QuoteRow {
    let start: UnixMilliseconds
    let bidOpen: DecimalField.Number
    let askOpen: DecimalField.Number
    let bidClose: DecimalField.Number
    let askClose: DecimalField.Number
    let bidSize: DecimalField.Number
    let askSize: DecimalField.Number
}

/// Bars of the best bid and ask.
struct QuoteFormat: TableFormat {
    private let header: TableHeader
    private let time: TableHeader.TimeColumn
    private let columns: [Int]

    init?(_ header: TableHeader) {
        let names = ["bid_open", "ask_open", "bid_close", "ask_close", "bid_size", "ask_size"]
        let columns = names.compactMap(header.index)
        guard let time = header.candleTime, columns.count == names.count else { return nil }
        (self.header, self.time, self.columns) = (header, time, columns)
    }

    func row(_ fields: TableRow) throws(RowProblem) -> QuoteRow {
        let row = QuoteRow(
            start: try fields.time(time, header),
            bidOpen: try fields.positive(columns[0], header),
            askOpen: try fields.positive(columns[1], header),
            bidClose: try fields.positive(columns[2], header),
            askClose: try fields.positive(columns[3], header),
            bidSize: try fields.number(columns[4], header),
            askSize: try fields.number(columns[5], header)
        )
        guard row.bidOpen < row.askOpen, row.bidClose < row.askClose else {
            throw .inconsistent("the bid reaches the ask")
        }
        guard row.bidSize.units >= 0, row.askSize.units >= 0 else {
            throw .inconsistent("a size is below zero")
        }
        return row
    }

    func time(of row: QuoteRow) -> UnixMilliseconds { row.start }
    func repeats(_ row: QuoteRow, _ previous: QuoteRow) -> Bool { true }
}
