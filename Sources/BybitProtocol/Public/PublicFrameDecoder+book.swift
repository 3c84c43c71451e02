import Contracts

extension PublicFrameDecoder {
    /// Reads one message of a book; what does not fit the book so far is a gap, never an event.
    mutating func readBook(
        _ push: Push,
        _ depth: Int,
        _ scanner: inout ByteScanner,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        let key = BookKeeper.Key(depth: depth, symbol: push.topic.symbol)
        let book = BookPush(
            topic: push.topic,
            instrument: Instrument(category: category, symbol: push.topic.symbol),
            meta: push.meta,
            time: push.envelope.engineTime ?? push.time
        )
        let message: BookMessage
        do throws(WireError) {
            message = try readLevels(push, depth, &scanner)
        } catch {
            counters.malformed &+= 1
            guard books.breakBook(key) else { return }
            counters.gaps &+= 1
            output.gap = StreamGap(topic: push.topic, instrument: book.instrument, reason: .malformed(error))
            return
        }
        guard let place = books.place(of: key) else {
            counters.unanchored &+= 1
            return
        }
        finishBook(message, book, depth, at: place, &output)
    }

    private mutating func readLevels(
        _ push: Push,
        _ depth: Int,
        _ scanner: inout ByteScanner
    ) throws(WireError) -> BookMessage {
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
        return BookMessage(
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
        if self[at] == 0x6E {
            _ = try word()
            return
        }
        try enterArray(field)
        let before = levels.count
        var isFirst = true
        while try nextElement(&isFirst) {
            try enterArray(field)
            var isFirstColumn = true
            guard try nextElement(&isFirstColumn), let price: Price = try decimal(field),
                try nextElement(&isFirstColumn), let size: Quantity = try decimal(field)
            else { throw malformed("\(field)") }
            guard !size.isNegative else { throw malformed("\(field)") }
            guard levels.count - before < PublicFrameDecoder.elementCountMax else {
                throw .tooMany(field: "\(field)", limit: PublicFrameDecoder.elementCountMax)
            }
            levels.append(BookLevel(price: price, size: size))
            while try nextElement(&isFirstColumn) { try skipValue() }
        }
    }
}
