import Contracts

extension PublicFrameDecoder {
    /// Reads the liquidations of one message: a list, or the one object of the retired stream.
    mutating func readLiquidations(
        _ push: Push,
        _ scanner: inout ByteScanner,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        try scanner.eachElement("data") { scanner throws(WireError) in
            try readLiquidation(push, &scanner, &output)
        }
    }

    private mutating func readLiquidation(
        _ push: Push,
        _ scanner: inout ByteScanner,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        var symbol = push.topic.symbol
        var (time, side) = (UnixMilliseconds?.none, WireSide?.none)
        var (price, quantity) = (Price?.none, Quantity?.none)
        try scanner.enterObject("liquidation")
        var isFirst = true
        while let key = try scanner.nextKey(&isFirst) {
            switch true {
            case scanner.matches(key, "T"), scanner.matches(key, "updatedTime"): time = try scanner.time("T")
            case scanner.matches(key, "s"), scanner.matches(key, "symbol"):
                symbol = try scanner.symbol("s") ?? symbol
            case scanner.matches(key, "S"), scanner.matches(key, "side"): side = try scanner.wireSide("S")
            case scanner.matches(key, "v"), scanner.matches(key, "size"): quantity = try scanner.decimal("v")
            case scanner.matches(key, "p"), scanner.matches(key, "price"): price = try scanner.decimal("p")
            default:
                counters.unknownFields &+= 1
                try scanner.skipValue()
            }
        }
        guard let price else { throw .missing(field: "p") }
        guard let quantity else { throw .missing(field: "v") }
        guard let side else { throw .missing(field: "S") }
        guard case .known(let side) = side else {
            counters.unknownFields &+= 1
            return
        }
        let liquidation = LiquidationEvent(
            meta: push.meta,
            instrument: Instrument(category: category, symbol: symbol),
            exchangeTime: time ?? push.time,
            side: side,
            price: price,
            quantity: quantity
        )
        output.events.append(.marketLiquidation(liquidation))
    }

    /// Reads the prices between which orders are accepted.
    mutating func readPriceLimit(
        _ push: Push,
        _ scanner: inout ByteScanner,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        try scanner.eachElement("data") { scanner throws(WireError) in
            var symbol = push.topic.symbol
            var (highestBid, lowestAsk) = (Price?.none, Price?.none)
            try scanner.enterObject("data")
            var isFirst = true
            while let key = try scanner.nextKey(&isFirst) {
                switch true {
                case scanner.matches(key, "symbol"): symbol = try scanner.symbol("symbol") ?? symbol
                case scanner.matches(key, "buyLmt"): highestBid = try scanner.decimal("buyLmt")
                case scanner.matches(key, "sellLmt"): lowestAsk = try scanner.decimal("sellLmt")
                default:
                    counters.unknownFields &+= 1
                    try scanner.skipValue()
                }
            }
            guard let highestBid else { throw .missing(field: "buyLmt") }
            guard let lowestAsk else { throw .missing(field: "sellLmt") }
            let limit = PriceLimit(
                meta: push.meta,
                instrument: Instrument(category: category, symbol: symbol),
                highestBid: highestBid,
                lowestAsk: lowestAsk
            )
            output.events.append(.marketPriceLimit(limit))
        }
    }
}
