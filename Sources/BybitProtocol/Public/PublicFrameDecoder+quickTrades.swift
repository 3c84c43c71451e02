import Contracts

extension PublicFrameDecoder {
    mutating func readQuickTrades(
        _ slot: StreamSlot,
        _ symbolAt: Int,
        _ meta: EventMeta,
        _ reader: inout FrameReader,
        _ output: inout DecodedFrame
    ) -> Bool {
        var envelope = QuickEnvelope()
        guard envelope.readUpToData(&reader), reader.take(0x5B) else { return false }
        if !reader.take(0x5D) {
            repeat {
                guard output.events.count < Self.elementCountMax,
                    reader.appendTrade(slot, symbolAt, meta, to: &output.events)
                else { return false }
            } while reader.take(0x2C)
            guard reader.take(0x5D) else { return false }
        }
        return envelope.readRest(&reader)
    }
}

extension FrameReader {
    /// Reads a trade that has all of its members, each in its usual form.
    fileprivate mutating func appendTrade(
        _ slot: StreamSlot,
        _ symbolAt: Int,
        _ meta: EventMeta,
        to events: inout [AnyEvent]
    ) -> Bool {
        var (time, price, quantity) = (UnixMilliseconds?.none, Price?.none, Quantity?.none)
        var (side, id, isBlockTrade) = (Side?.none, TradeID?.none, false)
        guard take(0x7B) else { return false }
        repeat {
            switch takeLetter() {
            case 0x54?:  // T
                time = self.time()
                guard time != nil else { return false }
            case 0x73?:  // s
                guard take(0x22), takeSame(as: symbolAt, length: slot.symbolLength) else { return false }
            case 0x53?:  // S
                side = take(#""Buy""#) ? .buy : take(#""Sell""#) ? .sell : nil
                guard side != nil else { return false }
            case 0x76?:  // v
                quantity = decimal()
                guard quantity != nil else { return false }
            case 0x70?:  // p
                price = decimal()
                guard price != nil else { return false }
            case 0x69?:  // i
                id = tradeID()
                guard id != nil else { return false }
            case 0x4C?:  // L
                guard skipString() else { return false }
            default:
                if take(#""BT":"#) {
                    guard let flag = flag() else { return false }
                    isBlockTrade = flag
                } else if take(#""RPI":"#) {
                    guard flag() != nil else { return false }
                } else {
                    guard take(#""seq":"#), whole() != nil else { return false }
                }
            }
        } while take(0x2C)
        guard take(0x7D), let time, let price, let quantity, let side, let id else { return false }
        let trade = TradeEvent(
            meta: meta,
            instrument: slot.instrument,
            exchangeTime: time,
            id: id,
            side: side,
            price: price,
            quantity: quantity,
            isBlockTrade: isBlockTrade
        )
        events.append(.marketTrade(trade))
        return true
    }
}
