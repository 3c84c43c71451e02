import Contracts

/// One candle of prices alone, as those of the mark, the index and the premium index.
package struct PriceCandle: Hashable, Sendable {
    package let start: UnixMilliseconds
    package let open: Price
    package let high: Price
    package let low: Price
    package let close: Price

    init(_ row: AnswerNode) throws(WireError) {
        guard let text = try AnswerColumns.text(row, 0, ["StartTime", "start"]) else {
            throw .missing(field: "start")
        }
        start = try AnswerNode.time(text, "start")
        open = try AnswerColumns.decimal(row, 1, "Open", "open")
        high = try AnswerColumns.decimal(row, 2, "High", "high")
        low = try AnswerColumns.decimal(row, 3, "Low", "low")
        close = try AnswerColumns.decimal(row, 4, "Close", "close")
    }

    static func volume(_ row: AnswerNode) throws(WireError) -> Quantity? {
        guard let text = try AnswerColumns.text(row, 5, ["Volume", "volume"]) else { return nil }
        return try AnswerNode.decimal(text, "volume")
    }

    static func turnover(_ row: AnswerNode) throws(WireError) -> Money? {
        guard let text = try AnswerColumns.text(row, 6, ["Turnover", "turnover"]) else { return nil }
        return try AnswerNode.money(text, "turnover")
    }
}

/// One step of the risk limits: the larger the position, the more margin.
package struct RiskTier: Hashable, Sendable {
    package let instrument: Instrument
    package let id: UInt64
    package let limit: Money
    package let maintenanceMargin: Ratio
    package let initialMargin: Ratio
    package let leverageMax: Ratio
    package let maintenanceDeduction: Money?
    package let isLowest: Bool

    init(_ row: AnswerNode, context: AnswerContext) throws(WireError) {
        instrument = try AnswerReader.instrument(row, context)
        id = try row.needed("id", try row.whole("id"))
        limit = try row.needed("riskLimitValue", try row.money("riskLimitValue"))
        maintenanceMargin = try row.needed("maintenanceMargin", try row.decimal("maintenanceMargin"))
        initialMargin = try row.needed("initialMargin", try row.decimal("initialMargin"))
        leverageMax = try row.needed("maxLeverage", try row.decimal("maxLeverage"))
        maintenanceDeduction = try row.money("mmDeduction")
        isLowest = try row.flag("isLowestRisk")
    }
}

/// One insurance pool.
package struct InsurancePool: Hashable, Sendable {
    package let coin: String
    package let symbols: String
    package let balance: Money
    /// In USD.
    package let value: Money?
    package let updated: UnixMilliseconds

    init(_ row: AnswerNode, updated: UnixMilliseconds) throws(WireError) {
        coin = try row.needed("coin", try row.text("coin"))
        symbols = try row.text("symbols") ?? ""
        balance = try row.needed("balance", try row.money("balance"))
        value = try row.money("value")
        self.updated = updated
    }
}

/// A base coin's volatility over so many days, as a fraction a year.
package struct VolatilityFigure: Hashable, Sendable {
    package let days: UInt64
    package let value: Ratio
    package let time: UnixMilliseconds

    init(_ row: AnswerNode) throws(WireError) {
        days = try row.needed("period", try row.whole("period"))
        value = try row.needed("value", try row.decimal("value"))
        time = try row.needed("time", try row.time("time"))
    }
}

/// The price at which a contract with an end was settled.
package struct DeliveryPrice: Hashable, Sendable {
    package let instrument: Instrument
    package let price: Price
    package let time: UnixMilliseconds

    init(_ row: AnswerNode, context: AnswerContext) throws(WireError) {
        instrument = try AnswerReader.instrument(row, context)
        price = try row.needed("deliveryPrice", try row.decimal("deliveryPrice"))
        time = try row.needed("deliveryTime", try row.time("deliveryTime"))
    }
}
