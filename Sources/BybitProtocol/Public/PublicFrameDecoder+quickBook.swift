import Contracts

extension PublicFrameDecoder {
    mutating func readQuickBook(
        _ slot: StreamSlot,
        _ depth: Int,
        _ symbolAt: Int,
        _ meta: EventMeta,
        _ reader: inout FrameReader,
        _ output: inout DecodedFrame
    ) -> Bool {
        var envelope = QuickEnvelope()
        guard envelope.readUpToData(&reader) else { return false }
        var bidCount = 0
        guard let updateID = readQuickLevels(slot, symbolAt, &bidCount, &reader), envelope.readRest(&reader)
        else { return false }
        let message = BookMessage(
            // Update 1 is the snapshot after a restart of the exchange's service, whatever it calls itself.
            isSnapshot: !envelope.isDelta || updateID == 1,
            updateID: updateID,
            levels: levels.copied(),
            bidCount: bidCount
        )
        let push = BookPush(
            topic: slot.topic,
            instrument: slot.instrument,
            meta: meta,
            time: envelope.engineTime ?? envelope.time ?? meta.ts
        )
        finishBook(message, push, depth, at: slot.state, &output)
        return true
    }

    /// Reads `data` into ``levels`` and gives the update's number.
    private mutating func readQuickLevels(
        _ slot: StreamSlot,
        _ symbolAt: Int,
        _ bidCount: inout Int,
        _ reader: inout FrameReader
    ) -> UInt64? {
        var levels: ContiguousArray<BookLevel> = []
        swap(&levels, &self.levels)
        defer { swap(&levels, &self.levels) }
        levels.removeAll(keepingCapacity: true)
        guard reader.take(#"{"s":""#), reader.takeSame(as: symbolAt, length: slot.symbolLength),
            reader.take(#","b":"#), reader.appendLevels(to: &levels)
        else { return nil }
        bidCount = levels.count
        guard reader.take(#","a":"#), reader.appendLevels(to: &levels),
            reader.take(#","u":"#), let updateID = reader.whole(),
            reader.take(#","seq":"#), reader.whole() != nil, reader.take(0x7D)
        else { return nil }
        return updateID
    }

    /// Gives out what fits the book so far; what does not is a gap, never an event.
    @inline(__always)
    mutating func finishBook(
        _ message: BookMessage,
        _ push: BookPush,
        _ depth: Int,
        at place: Int,
        _ output: inout DecodedFrame
    ) {
        switch books.fold(message, at: place) {
        case .publish:
            let delta = OrderBookDelta(
                meta: push.meta,
                instrument: push.instrument,
                exchangeTime: push.time,
                depth: depth,
                isSnapshot: message.isSnapshot,
                updateID: message.updateID,
                levels: message.levels,
                bidCount: message.bidCount
            )
            output.events.append(.marketOrderbookDelta(delta))
        case .ignore: counters.unanchored &+= 1
        case .gap(let reason):
            counters.gaps &+= 1
            output.gap = StreamGap(topic: push.topic, instrument: push.instrument, reason: reason)
        }
    }
}

/// Where a book's message came from.
struct BookPush {
    let topic: StreamTopic
    let instrument: Instrument
    let meta: EventMeta
    let time: UnixMilliseconds
}

extension ContiguousArray<BookLevel> {
    /// The same levels in an array of just their size, which lives as long as the event; this one is used again.
    @inline(__always)
    fileprivate func copied() -> ContiguousArray<BookLevel> {
        unsafe ContiguousArray(unsafeUninitializedCapacity: count) { copy, copiedCount in
            unsafe withUnsafeBufferPointer { levels in
                guard let source = levels.baseAddress, let target = copy.baseAddress else { return }
                unsafe target.initialize(from: source, count: levels.count)
            }
            copiedCount = count
        }
    }
}

extension FrameReader {
    /// Reads `[["price","size"],…]`, each level of exactly two columns.
    @inline(__always)
    mutating func appendLevels(to levels: inout ContiguousArray<BookLevel>) -> Bool {
        guard take(0x5B) else { return false }
        if take(0x5D) { return true }
        let start = levels.count
        var shape = DecimalShape()
        repeat {
            guard take(0x5B), let price: Price = decimal(like: &shape), take(0x2C),
                let size: Quantity = decimal(),
                !size.isNegative, take(0x5D), levels.count &- start < PublicFrameDecoder.elementCountMax
            else { return false }
            levels.append(BookLevel(price: price, size: size))
        } while take(0x2C)
        return take(0x5D)
    }
}
