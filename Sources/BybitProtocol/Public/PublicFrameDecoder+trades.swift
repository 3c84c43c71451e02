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
        while try scanner.nextElement(&isFirst) {
            guard output.events.count < Self.elementCountMax else {
                throw .tooMany(field: "data", limit: Self.elementCountMax)
            }
            try readTrade(push, &scanner, &output)
        }
    }

    private mutating func readTrade(
        _ push: Push,
        _ scanner: inout ByteScanner,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        var symbol = push.topic.symbol
        var (time, price, quantity) = (UnixMilliseconds?.none, Price?.none, Quantity?.none)
        var (side, id, isBlockTrade) = (WireSide?.none, TradeID?.none, false)
        try scanner.enterObject("trade")
        var isFirst = true
        while let key = try scanner.nextKey(&isFirst) {
            switch true {
            case scanner.matches(key, "T"): time = try scanner.time("T")
            case scanner.matches(key, "s"): symbol = try scanner.symbol("s") ?? symbol
            case scanner.matches(key, "S"): side = try scanner.wireSide("S")
            case scanner.matches(key, "v"): quantity = try scanner.decimal("v")
            case scanner.matches(key, "p"): price = try scanner.decimal("p")
            case scanner.matches(key, "i"): id = try scanner.tradeID("i")
            case scanner.matches(key, "BT"): isBlockTrade = try scanner.flag("BT")
            case scanner.matches(key, "L"), scanner.matches(key, "seq"), scanner.matches(key, "RPI"),
                scanner.matches(key, "mP"), scanner.matches(key, "iP"), scanner.matches(key, "mIv"),
                scanner.matches(key, "iv"):
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
        guard case .known(let side) = side else {
            counters.unknownFields &+= 1
            return
        }
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

/// A side as the exchange wrote it.
enum WireSide {
    case known(Side)
    case unknown
}

extension ByteScanner {
    mutating func side(_ field: StaticString) throws(WireError) -> Side? {
        let start = at
        switch try wireSide(field) {
        case .known(let side)?: return side
        case .unknown?: throw malformed("\(field)", at: start)
        case nil: return nil
        }
    }

    /// Reads a side; one that is not known here is no error.
    mutating func wireSide(_ field: StaticString) throws(WireError) -> WireSide? {
        skipSpace()
        let isText = self[at] == 0x22
        guard let slice = try scalar(field) else { return nil }
        if matches(slice, "Buy") { return .known(.buy) }
        if matches(slice, "Sell") { return .known(.sell) }
        guard isText else { throw malformed("\(field)", at: slice.start) }
        return .unknown
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
