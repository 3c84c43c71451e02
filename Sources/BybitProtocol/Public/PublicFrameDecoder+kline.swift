import Contracts

extension PublicFrameDecoder {
    /// Reads the candles of one message.
    mutating func readKlines(
        _ push: Push,
        _ minutes: Int,
        _ scanner: inout ByteScanner,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        try scanner.enterArray("data")
        var isFirst = true
        while try scanner.nextElement(&isFirst) {
            guard output.events.count < Self.elementCountMax else {
                throw .tooMany(field: "data", limit: Self.elementCountMax)
            }
            try readKline(push, minutes, &scanner, &output)
        }
    }

    private mutating func readKline(
        _ push: Push,
        _ minutes: Int,
        _ scanner: inout ByteScanner,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        var (start, end) = (UnixMilliseconds?.none, UnixMilliseconds?.none)
        var (open, high, low, close) = (Price?.none, Price?.none, Price?.none, Price?.none)
        var (volume, turnover, isConfirmed) = (Quantity?.none, Money?.none, false)
        try scanner.enterObject("candle")
        var isFirst = true
        while let key = try scanner.nextKey(&isFirst) {
            switch true {
            case scanner.matches(key, "start"): start = try scanner.time("start")
            case scanner.matches(key, "end"): end = try scanner.time("end")
            case scanner.matches(key, "open"): open = try scanner.decimal("open")
            case scanner.matches(key, "high"): high = try scanner.decimal("high")
            case scanner.matches(key, "low"): low = try scanner.decimal("low")
            case scanner.matches(key, "close"): close = try scanner.decimal("close")
            case scanner.matches(key, "volume"): volume = try scanner.decimal("volume")
            case scanner.matches(key, "turnover"): turnover = try scanner.money("turnover")
            case scanner.matches(key, "confirm"): isConfirmed = try scanner.flag("confirm")
            case scanner.matches(key, "interval"), scanner.matches(key, "timestamp"): try scanner.skipValue()
            default:
                counters.unknownFields &+= 1
                try scanner.skipValue()
            }
        }
        guard let start else { throw .missing(field: "start") }
        guard let open, let high, let low, let close else {
            throw .missing(field: "open, high, low or close")
        }
        guard let volume else { throw .missing(field: "volume") }
        let candle = KlineEvent(
            meta: push.meta,
            instrument: Instrument(category: category, symbol: push.topic.symbol),
            minutes: minutes,
            start: start,
            end: end ?? start &+ Int64(minutes) * 60_000 &- 1,
            open: open,
            high: high,
            low: low,
            close: close,
            volume: volume,
            turnover: turnover ?? .zero,
            isConfirmed: isConfirmed
        )
        output.events.append(.marketKline(candle))
    }
}
