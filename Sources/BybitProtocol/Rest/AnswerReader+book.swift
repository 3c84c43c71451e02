import Contracts

extension AnswerReader {
    /// The whole book as a snapshot; its update number is that of the 1,000-level stream.
    func orderBook() throws(WireError) -> OrderBookDelta {
        let symbol = try result.symbol("s") ?? context.symbol
        let bids = try Self.levels(result, "b")
        let asks = try Self.levels(result, "a")
        let sent = try result.time("cts", "ts")
        return OrderBookDelta(
            meta: context.meta,
            instrument: Instrument(
                category: context.category ?? .linear,
                symbol: try result.needed("s", symbol)
            ),
            exchangeTime: sent ?? context.time,
            depth: max(1, context.depth ?? max(bids.count, asks.count)),
            isSnapshot: true,
            updateID: try result.needed("u", try result.whole("u")),
            levels: bids + asks,
            bidCount: bids.count
        )
    }

    private static func levels(
        _ result: AnswerNode,
        _ side: String
    ) throws(WireError) -> ContiguousArray<BookLevel> {
        guard let rows = try result.needed(side, result[side]).elements else {
            throw .malformed(field: side, text: "no array")
        }
        var levels = ContiguousArray<BookLevel>()
        levels.reserveCapacity(rows.count)
        for row in rows {
            levels.append(
                BookLevel(
                    price: try AnswerColumns.decimal(row, 0, "price"),
                    size: try AnswerColumns.decimal(row, 1, "quantity", "size")
                )
            )
        }
        return levels
    }
}

/// The columns of a row, by place or, in re-encoded recordings, by name.
enum AnswerColumns {
    static func text(_ row: AnswerNode, _ index: Int, _ names: [String]) throws(WireError) -> String? {
        guard let columns = row.elements else { return try row.first(of: names)?.scalar(names[0]) }
        return columns.indices.contains(index) ? try columns[index].scalar(names[0]) : nil
    }

    static func decimal<Kind>(
        _ row: AnswerNode,
        _ index: Int,
        _ names: String...
    ) throws(WireError) -> Decimal64<Kind> {
        guard let text = try text(row, index, names) else { throw .missing(field: names[0]) }
        return try AnswerNode.decimal(text, names[0])
    }
}
