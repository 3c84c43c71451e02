import Contracts

/// One public trade as its row has it.
struct TradeRow {
    let time: UnixMilliseconds
    let id: Int64
    let isBuy: Bool
    let price: DecimalField.Number
    let quantity: DecimalField.Number
}

/// Public trades by the exchange's own time; the recorder's local time and the kind play no part.
struct TradeFormat: TableFormat {
    private let header: TableHeader
    private let time: TableHeader.TimeColumn
    private let id: Int?
    private let price: Int
    private let quantity: Int
    private let side: Int

    init?(_ header: TableHeader) {
        guard let time = header.time(["trade_time"]), let price = header.index("price"),
            let quantity = header.index("qty") ?? header.index("size"),
            let side = header.index("taker_side")
        else { return nil }
        self.header = header
        self.time = time
        id = header.index("trade_id")
        (self.price, self.quantity, self.side) = (price, quantity, side)
    }

    func row(_ fields: TableRow) throws(RowProblem) -> TradeRow {
        TradeRow(
            time: try fields.time(time, header),
            id: try id.map { column throws(RowProblem) in
                guard let id = DecimalField.whole(fields.line, fields.range(column)), id >= 0 else {
                    throw .number(field: header.names[column], text: String(fields.text(column).prefix(40)))
                }
                return id
            } ?? 0,
            isBuy: try isBuy(fields),
            price: try fields.positive(price, header),
            quantity: try fields.positive(quantity, header)
        )
    }

    func time(of row: TradeRow) -> UnixMilliseconds { row.time }
    func repeats(_ row: TradeRow, _ previous: TradeRow) -> Bool { id != nil && row.id == previous.id }

    private func isBuy(_ fields: TableRow) throws(RowProblem) -> Bool {
        // The first letter decides where the length fits: Buy, BUY, buy, Sell, SELL, sell.
        let range = fields.range(side)
        let first = range.isEmpty ? 0 : fields.line[range.lowerBound] | 0x20
        if range.count == 3, first == UInt8(ascii: "b") { return true }
        if range.count == 4, first == UInt8(ascii: "s") { return false }
        throw .side(String(fields.text(side).prefix(40)))
    }
}
