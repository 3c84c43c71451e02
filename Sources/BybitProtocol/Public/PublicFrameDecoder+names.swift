import Contracts

/// Reading by name: any order of members, any spaces, anything new in between.
extension PublicFrameDecoder {
    mutating func read(
        _ source: ByteScanner,
        _ received: UnixMilliseconds,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        var scanner = source
        let envelope = try Envelope(&scanner)
        guard let name = envelope.topic else {
            output.control = try envelope.control(scanner)
            return
        }
        counters.unknownFields &+= envelope.unknownFields
        guard let topic = StreamTopic.read(name, in: scanner) else {
            counters.unknownTopics &+= 1
            return
        }
        guard let dataAt = envelope.dataAt else { throw .missing(field: "data") }
        scanner.at = dataAt
        let push = Push(
            topic: topic,
            envelope: envelope,
            meta: EventMeta(source: .market, ts: received),
            time: envelope.time ?? received
        )
        if envelope.kind == .unknown {
            counters.unknownFields &+= 1
            // Neither a whole state nor a change of one: what it would do to a state is not known.
            switch topic.stream {
            case .ticker, .orderBook: return
            default: break
            }
        }
        try readData(push, &scanner, &output)
        remember(topic, name, in: scanner)
    }

    private mutating func readData(
        _ push: Push,
        _ scanner: inout ByteScanner,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        switch push.topic.stream {
        case .ticker: try readTicker(push, &scanner, &output)
        case .trades: try readTrades(push, &scanner, &output)
        case .orderBook(let depth): try readBook(push, depth, &scanner, &output)
        case .kline(let minutes): try readKlines(push, minutes, &scanner, &output)
        case .liquidations: try readLiquidations(push, &scanner, &output)
        case .priceLimit: try readPriceLimit(push, &scanner, &output)
        case .adlAlert: try readAlerts(push, &scanner, &output)
        case .insurance: try readInsurance(push, &scanner, &output)
        case .systemStatus: try readStatus(push, &scanner, &output)
        }
    }

    /// From now on the stream is known by the bytes of its name.
    private mutating func remember(_ topic: StreamTopic, _ name: Slice, in scanner: ByteScanner) {
        let state: Int?
        switch topic.stream {
        case .orderBook(let depth):
            state = books.place(of: BookKeeper.Key(depth: depth, symbol: topic.symbol))
        case .ticker: state = category == .option ? nil : tickers.place(of: topic.symbol)
        case .trades, .kline: state = 0
        default: state = nil
        }
        let symbolLength = topic.symbol.length
        guard let state, !slots.holds(topic), name.count > symbolLength else { return }
        let slot = StreamSlot(
            topic: topic,
            instrument: Instrument(category: category, symbol: topic.symbol),
            symbolOffset: name.count - symbolLength,
            symbolLength: symbolLength,
            state: state
        )
        slots.add(slot, name: SliceBytes(scanner, name))
    }
}

extension ByteScanner {
    /// Calls `body` with the scanner at each element of an array of objects, or at the one object that stands alone.
    mutating func eachElement(
        _ field: StaticString,
        _ body: (inout ByteScanner) throws(WireError) -> Void
    ) throws(WireError) {
        skipSpace()
        if self[at] == 0x7B { return try body(&self) }
        try enterArray(field)
        var isFirst = true
        var count = 0
        while try nextElement(&isFirst) {
            count &+= 1
            guard count <= PublicFrameDecoder.elementCountMax else {
                throw .tooMany(field: "\(field)", limit: PublicFrameDecoder.elementCountMax)
            }
            try body(&self)
        }
    }
}
