import Contracts

extension PublicFrameDecoder {
    /// Reads the trades of one message, in matching order.
    mutating func readTrades(
        _ push: Push,
        _ scanner: inout ByteScanner,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        try scanner.enterArray("data")
        var isFirst = true
        while try scanner.nextElement(&isFirst) { try readTrade(push, &scanner, &output) }
    }

    private mutating func readTrade(
        _ push: Push,
        _ scanner: inout ByteScanner,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        var symbol = push.topic.symbol
        var (time, price, quantity) = (UnixMilliseconds?.none, Price?.none, Quantity?.none)
        var (side, id, isBlockTrade) = (Side?.none, TradeID?.none, false)
        try scanner.enterObject("trade")
        var isFirst = true
        while let key = try scanner.nextKey(&isFirst) {
            switch true {
            case scanner.matches(key, "T"): time = try scanner.time("T")
            case scanner.matches(key, "s"): symbol = try scanner.symbol("s") ?? symbol
            case scanner.matches(key, "S"): side = try scanner.side("S")
            case scanner.matches(key, "v"): quantity = try scanner.decimal("v")
            case scanner.matches(key, "p"): price = try scanner.decimal("p")
            case scanner.matches(key, "i"): id = try scanner.tradeID("i")
            case scanner.matches(key, "BT"): isBlockTrade = try scanner.flag("BT")
            case scanner.matches(key, "L"), scanner.matches(key, "seq"), scanner.matches(key, "RPI"):
                try scanner.skipValue()
            default:
                counters.unknownFields &+= 1
                try scanner.skipValue()
            }
        }
        guard let price else { throw .missing(field: "p") }
        guard let quantity else { throw .missing(field: "v") }
        guard let side else { throw .missing(field: "S") }
        guard let id else { throw .missing(field: "i") }
        let trade = TradeEvent(
            meta: push.meta,
            instrument: Instrument(category: category, symbol: symbol),
            exchangeTime: time ?? push.time,
            id: id,
            side: side,
            price: price,
            quantity: quantity,
            isBlockTrade: isBlockTrade
        )
        output.events.append(.marketTrade(trade))
    }
}

extension ByteScanner {
    mutating func side(_ field: StaticString) throws(WireError) -> Side? {
        guard let slice = try scalar(field) else { return nil }
        if matches(slice, "Buy") { return .buy }
        if matches(slice, "Sell") { return .sell }
        throw malformed("\(field)", at: slice.start)
    }

    /// Reads a trade's identity without touching the heap where it is a UUID or a number.
    mutating func tradeID(_ field: StaticString) throws(WireError) -> TradeID? {
        guard let slice = try scalar(field) else { return nil }
        if let (high, low) = uuid(slice) { return .uuid(high: high, low: low) }
        if slice.count == 1 || self[slice.start] != 0x30, let number = try? whole(slice, field) {
            return .number(number)
        }
        return .text(try symbol(slice, field))
    }

    /// Only the canonical form in lower case: any other would not come back as it was sent.
    private func uuid(_ slice: Slice) -> (UInt64, UInt64)? {
        guard slice.count == 36 else { return nil }
        var (high, low) = (UInt64(0), UInt64(0))
        for offset in 0..<36 {
            let byte = self[slice.start &+ offset]
            if offset == 8 || offset == 13 || offset == 18 || offset == 23 {
                guard byte == 0x2D else { return nil }
                continue
            }
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte &- 0x30
            case 0x61...0x66: digit = byte &- 0x57
            default: return nil
            }
            if offset < 18 { high = high << 4 | UInt64(digit) } else { low = low << 4 | UInt64(digit) }
        }
        return (high, low)
    }
}
