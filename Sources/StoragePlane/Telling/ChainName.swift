import Contracts

/// What a person calls a chain of events by.
package enum ChainName: Hashable, Sendable {
    /// `intent-N`, `research-N`, `snapshot-N`, or a command's key.
    case correlation(CorrelationID)
    /// An order's own name, `tb1-…`.
    case order(OrderID)
    /// The number of one of its events.
    case number(UInt64)

    /// Nil for what is none of these.
    package init?(_ text: String) {
        if let id = CorrelationID(text) {
            self = .correlation(id)
        } else if let number = UInt64(text), number > 0 {
            self = .number(number)
        } else if text.hasPrefix("tb1-"), OrderID(rawValue: text).intentNumber != nil {
            self = .order(OrderID(rawValue: text))
        } else {
            return nil
        }
    }
}

extension OrderID {
    /// The number in the name: that of the intent or command that the order was made for; nil in a foreign name.
    fileprivate var intentNumber: UInt64? {
        let parts = rawValue.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4 else { return nil }
        return UInt64(parts[parts.count - 2], radix: 32)
    }
}

extension JournalReader {
    /// So many numbers after an order's own are looked through for its first event.
    private static let orderSearchEvents: UInt64 = 100_000

    /// The correlation that a name stands for; nil where the journal has none.
    package func correlation(of name: ChainName) throws(JournalError) -> CorrelationID? {
        switch name {
        case .correlation(let id): return id
        case .number(let number):
            let row = try rows(in: number...number, limit: 1).first
            return row?.correlation.flatMap(CorrelationID.init)
        case .order(let order):
            guard let number = order.intentNumber else { return nil }
            // Nearly always the intent's own orders; a command's order is named by the event that made it.
            let own = CorrelationID.intent(number)
            if try firstOrder(order, JournalQuery(correlation: own)) != nil { return own }
            let later = JournalQuery(
                from: number,
                through: number.addingReportingOverflow(Self.orderSearchEvents).partialValue,
                topics: [Topic.execOrderEvent.rawValue]
            )
            return try firstOrder(order, later)?.correlation.flatMap(CorrelationID.init)
        }
    }

    private func firstOrder(_ order: OrderID, _ query: JournalQuery) throws(JournalError) -> JournalRow? {
        let mark = "\"orderId\":\"\(order.rawValue)\""
        var query = query
        query.topics = [Topic.execOrderEvent.rawValue]
        var found: JournalRow?
        do {
            try forEachRow(query) { row in
                if row.payload.contains(mark) { found = row }
                return found == nil
            }
        } catch {
            throw SQLiteError.explain(error, path: path) { .cannotRead(path: path, why: $0) }
        }
        return found
    }
}
