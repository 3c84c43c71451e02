import Contracts

/// A table's columns by name, and how to read each kind of row out of them.
struct TableHeader: Hashable, Sendable {
    /// What one step of a time column is.
    enum TimeUnit: Int64, Hashable, Sendable, CaseIterable {
        case milliseconds = 1
        case microseconds = 1_000
        case nanoseconds = 1_000_000

        fileprivate var ending: String {
            switch self {
            case .milliseconds: "_ms"
            case .microseconds: "_us"
            case .nanoseconds: "_ns"
            }
        }
    }

    /// A time column, read down to Unix milliseconds.
    struct TimeColumn: Hashable, Sendable {
        let index: Int
        let unit: TimeUnit
    }

    let names: [String]

    /// Reads the names of a first line; nil where it is no header: one that begins with a number, or with JSON.
    init?(_ line: [UInt8]) {
        guard let first = line.first, (0x61...0x7A).contains(first | 0x20), first != UInt8(ascii: "{") else {
            return nil
        }
        names = String(decoding: line, as: UTF8.self)
            .split(separator: ",", omittingEmptySubsequences: false)
            .map { name in String(name.filter { !$0.isWhitespace && $0 != "\"" }) }
    }

    /// What the columns make of the table; nil where they are of no known kind.
    var kind: DataKind? {
        if has("funding_rate") && time(["funding_time"]) != nil { return .funding }
        if has("bid_open") && has("ask_open") { return candleTime == nil ? nil : .quotes }
        if has("price") && has("taker_side") && (has("qty") || has("size")) {
            return time(["trade_time"]) == nil ? nil : .trades
        }
        guard ["open", "high", "low", "close"].allSatisfy(has), candleTime != nil else { return nil }
        return has("volume") || has("turnover") ? .candles : .marks
    }

    /// When a candle opens.
    ///
    /// FTX's files don't say whether their `time_ms` is that; it is taken to be.
    var candleTime: TimeColumn? { time(["open_time", "start_time", "time", "timestamp"]) }

    func has(_ name: String) -> Bool { names.contains(name) }

    func index(_ name: String) -> Int? { names.firstIndex(of: name) }

    func time(_ stems: [String]) -> TimeColumn? {
        for stem in stems {
            for unit in TimeUnit.allCases {
                if let index = index(stem + unit.ending) { return TimeColumn(index: index, unit: unit) }
            }
        }
        return nil
    }
}
