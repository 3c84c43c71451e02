import Contracts

/// Reading the usual forms in one pass; false leaves a message to be read by name, with nothing changed.
extension PublicFrameDecoder {
    /// What stands around `data`.
    struct QuickEnvelope {
        var isSnapshot = false
        var isDelta = false
        var time: UnixMilliseconds?
        var engineTime: UnixMilliseconds?
        var sequence: UInt64?
    }

    mutating func readQuickly(
        _ frame: UnsafeRawBufferPointer,
        _ received: UnixMilliseconds,
        _ output: inout DecodedFrame
    ) -> Bool {
        guard frame.count > 16, frame.count <= Self.quickBytesMax else { return false }
        // Taken out, so that the decoder can change while the message is read.
        var room: ContiguousArray<UInt8> = []
        swap(&room, &self.room)
        defer { swap(&room, &self.room) }
        let needed = frame.count &+ FrameReader.paddingBytes
        if room.count < needed { room = ContiguousArray(repeating: 0, count: max(4_096, 2 &* needed)) }
        return unsafe room.withUnsafeMutableBytes { bytes in
            guard let base = bytes.baseAddress else { return false }
            unsafe bytes.copyMemory(from: frame)
            unsafe (base + frame.count).initializeMemory(
                as: UInt8.self,
                repeating: 0,
                count: FrameReader.paddingBytes
            )
            var reader = unsafe FrameReader(base, count: frame.count)
            if readQuickly(&reader, received, &output) { return true }
            output.events.removeAll(keepingCapacity: true)
            return false
        }
    }

    private mutating func readQuickly(
        _ reader: inout FrameReader,
        _ received: UnixMilliseconds,
        _ output: inout DecodedFrame
    ) -> Bool {
        guard reader.take(#"{"topic":""#) else { return false }
        let nameAt = reader.at
        guard let place = slots.find(&reader) else { return false }
        let slot = slots.slots[place]
        let symbolAt = nameAt &+ slot.symbolOffset
        let meta = EventMeta(source: .market, ts: received)
        switch slot.topic.stream {
        case .orderBook(let depth):
            return readQuickBook(slot, depth, symbolAt, meta, &reader, &output)
        case .trades: return readQuickTrades(slot, symbolAt, meta, &reader, &output)
        case .ticker: return readQuickTicker(slot, symbolAt, meta, &reader, &output)
        case .kline(let minutes): return readQuickKlines(slot, minutes, meta, &reader, &output)
        default: return false
        }
    }
}

extension PublicFrameDecoder.QuickEnvelope {
    /// Reads the members up to `data`, which stands next then; false where there is no such member, or another one.
    @inline(__always)
    mutating func readUpToData(_ reader: inout FrameReader) -> Bool {
        while true {
            if reader.take(#","data":"#) { return true }
            guard readMember(&reader) else { return false }
        }
    }

    /// Reads the members behind `data`, and the end of the message.
    @inline(__always)
    mutating func readRest(_ reader: inout FrameReader) -> Bool {
        while !reader.take(0x7D) {
            guard readMember(&reader) else { return false }
        }
        return reader.at == reader.count
    }

    @inline(__always)
    private mutating func readMember(_ reader: inout FrameReader) -> Bool {
        if reader.take(#","ts":"#) {
            time = reader.time()
            return time != nil
        }
        if reader.take(#","type":"#) {
            isDelta = reader.take(#""delta""#)
            isSnapshot = !isDelta && reader.take(#""snapshot""#)
            return isDelta || isSnapshot
        }
        if reader.take(#","cts":"#) {
            engineTime = reader.time()
            return engineTime != nil
        }
        guard reader.take(#","cs":"#) else { return false }
        sequence = reader.whole()
        return sequence != nil
    }
}
