import Contracts

extension PublicFrameDecoder {
    mutating func readQuickKlines(
        _ slot: StreamSlot,
        _ minutes: Int,
        _ meta: EventMeta,
        _ reader: inout FrameReader,
        _ output: inout DecodedFrame
    ) -> Bool {
        var envelope = QuickEnvelope()
        guard envelope.readUpToData(&reader), reader.take(0x5B) else { return false }
        repeat {
            guard output.events.count < Self.elementCountMax, let candle = reader.candle(slot, minutes, meta)
            else { return false }
            output.events.append(.marketKline(candle))
        } while reader.take(0x2C)
        return reader.take(0x5D) && envelope.readRest(&reader)
    }
}

extension FrameReader {
    /// Reads a candle that has all of its members, in the order of the exchange.
    fileprivate mutating func candle(_ slot: StreamSlot, _ minutes: Int, _ meta: EventMeta) -> KlineEvent? {
        guard take(#"{"start":"#), let start = time(), take(#","end":"#), let end = time(),
            take(#","interval":"#), skipString(),
            take(#","open":"#), let open: Price = decimal(), take(#","close":"#),
            let close: Price = decimal(),
            take(#","high":"#), let high: Price = decimal(), take(#","low":"#), let low: Price = decimal(),
            take(#","volume":"#), let volume: Quantity = decimal(),
            take(#","turnover":"#), let turnover = money(),
            take(#","confirm":"#), let isConfirmed = flag(), take(#","timestamp":"#), time() != nil,
            take(0x7D)
        else { return nil }
        return KlineEvent(
            meta: meta,
            instrument: slot.instrument,
            minutes: minutes,
            start: start,
            end: end,
            open: open,
            high: high,
            low: low,
            close: close,
            volume: volume,
            turnover: turnover,
            isConfirmed: isConfirmed
        )
    }
}
