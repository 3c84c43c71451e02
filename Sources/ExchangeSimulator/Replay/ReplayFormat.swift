/// The kinds of recordings that can be replayed, told apart by their first line.
enum ReplayFormat: Equatable {
    /// Lines `{"recv_ns":…,"msg":{…}}`, and what else a recorder writes.
    case wrapped
    /// Bare Bybit v5 messages.
    case bare
    case trades(TradeColumns)
    case candles(CandleColumns)

    var isCSV: Bool {
        switch self {
        case .wrapped, .bare: false
        case .trades, .candles: true
        }
    }

    init(firstLine: [UInt8], file: String) throws(SimulatorError) {
        let text = String(decoding: firstLine, as: UTF8.self)
        if firstLine.first == UInt8(ascii: "{") {
            guard let json = try? JSONReader.read(firstLine) else {
                throw .badLine(file: file, line: 1, why: "it is not JSON")
            }
            if json["recv_ns"] != nil {
                self = .wrapped
            } else if json["topic"] != nil {
                self = .bare
            } else if json["dir"] != nil {
                throw .badFormat(file: file, why: "it looks like a recording of the older Bybit v2 interface")
            } else {
                throw .badFormat(file: file, why: "its JSON lines are no Bybit v5 pushes")
            }
            return
        }
        if let first = firstLine.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
            text.contains("{")
        {
            throw .badFormat(file: file, why: "it looks like a raw Binance recording")
        }
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        if let columns = TradeColumns(names) {
            self = .trades(columns)
        } else if let columns = CandleColumns(names) {
            self = .candles(columns)
        } else {
            throw .badFormat(file: file, why: "its first line is no header known here: \(text.prefix(80))")
        }
    }
}

/// Where a trade CSV has what.
struct TradeColumns: Equatable {
    let count: Int
    let time: Int
    /// How many of the file's time units make a millisecond.
    let unitsPerMs: Int64
    let id: Int
    let price: Int
    let quantity: Int
    let side: Int

    init?(_ names: [String]) {
        guard let id = names.firstIndex(of: "trade_id"), let price = names.firstIndex(of: "price"),
            let quantity = names.firstIndex(of: "qty"), let side = names.firstIndex(of: "taker_side")
        else { return nil }
        if let time = names.firstIndex(of: "trade_time_ms") {
            (self.time, unitsPerMs) = (time, 1)
        } else if let time = names.firstIndex(of: "trade_time_us") {
            (self.time, unitsPerMs) = (time, 1000)
        } else {
            return nil
        }
        (count, self.id, self.price, self.quantity, self.side) = (names.count, id, price, quantity, side)
    }
}

/// Where a candle CSV has what; files without a volume column count as having none.
struct CandleColumns: Equatable {
    let count: Int
    let time: Int
    let open: Int
    let high: Int
    let low: Int
    let close: Int
    let volume: Int?

    init?(_ names: [String]) {
        guard let time = names.firstIndex(of: "open_time_ms"), let open = names.firstIndex(of: "open"),
            let high = names.firstIndex(of: "high"), let low = names.firstIndex(of: "low"),
            let close = names.firstIndex(of: "close")
        else { return nil }
        (count, self.time, self.open, self.high) = (names.count, time, open, high)
        (self.low, self.close, volume) = (low, close, names.firstIndex(of: "volume"))
    }
}
