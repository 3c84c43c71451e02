import Contracts

extension PublicFrameDecoder {
    /// Reads one message of a book; what does not fit the book so far is a gap, never an event.
    mutating func readBook(
        _ push: Push,
        _ depth: Int,
        _ scanner: inout ByteScanner,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        let instrument = Instrument(category: category, symbol: push.topic.symbol)
        let key = BookKeeper.Key(depth: depth, symbol: push.topic.symbol)
        let delta: OrderBookDelta
        do throws(WireError) {
            delta = try readLevels(push, depth, instrument, &scanner)
        } catch {
            counters.malformed &+= 1
            guard books.breakBook(key) else { return }
            counters.gaps &+= 1
            output.gap = StreamGap(topic: push.topic, instrument: instrument, reason: .malformed(error))
            return
        }
        switch books.fold(delta, key: key) {
        case .publish: output.events.append(.marketOrderbookDelta(delta))
        case .ignore: counters.unanchored &+= 1
        case .gap(let reason):
            counters.gaps &+= 1
            output.gap = StreamGap(topic: push.topic, instrument: instrument, reason: reason)
        }
    }

    private mutating func readLevels(
        _ push: Push,
        _ depth: Int,
        _ instrument: Instrument,
        _ scanner: inout ByteScanner
    ) throws(WireError) -> OrderBookDelta {
        var (bidsAt, asksAt, updateID) = (Int?.none, Int?.none, UInt64?.none)
        let start = scanner.at
        try scanner.enterObject("data")
        var isFirst = true
        while let key = try scanner.nextKey(&isFirst) {
            switch true {
            case scanner.matches(key, "b"): bidsAt = try scanner.skipped()
            case scanner.matches(key, "a"): asksAt = try scanner.skipped()
            case scanner.matches(key, "u"): updateID = try scanner.whole("u")
            case scanner.matches(key, "s"), scanner.matches(key, "seq"): try scanner.skipValue()
            default:
                counters.unknownFields &+= 1
                try scanner.skipValue()
            }
        }
        guard let updateID else { throw .missing(field: "u") }
        var levels: ContiguousArray<BookLevel> = []
        // One level takes about this many bytes; a guess too low only grows the array once more.
        levels.reserveCapacity(min(2 * depth, (scanner.at - start) / 20 + 2))
        try scanner.appendLevels(at: bidsAt, "b", to: &levels)
        let bidCount = levels.count
        try scanner.appendLevels(at: asksAt, "a", to: &levels)
        return OrderBookDelta(
            meta: push.meta,
            instrument: instrument,
            exchangeTime: push.envelope.engineTime ?? push.time,
            depth: depth,
            // Update 1 is the snapshot after a restart of the exchange's service, whatever it calls itself.
            isSnapshot: push.envelope.kind != .delta || updateID == 1,
            updateID: updateID,
            levels: levels,
            bidCount: bidCount
        )
    }
}

extension ByteScanner {
    /// Steps over a value and says where it began.
    mutating func skipped() throws(WireError) -> Int {
        skipSpace()
        let start = at
        try skipValue()
        return start
    }

    /// Reads `[["price","size"],…]`; further columns are ignored.
    mutating func appendLevels(
        at start: Int?,
        _ field: StaticString,
        to levels: inout ContiguousArray<BookLevel>
    ) throws(WireError) {
        guard let start else { return }
        at = start
        try enterArray(field)
        var isFirst = true
        while try nextElement(&isFirst) {
            try enterArray(field)
            var isFirstColumn = true
            guard try nextElement(&isFirstColumn), let price: Price = try decimal(field),
                try nextElement(&isFirstColumn), let size: Quantity = try decimal(field)
            else { throw malformed("\(field)") }
            guard !size.isNegative else { throw malformed("\(field)") }
            levels.append(BookLevel(price: price, size: size))
            while try nextElement(&isFirstColumn) { try skipValue() }
        }
    }
}
