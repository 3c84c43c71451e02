import Contracts

extension PublicFrameDecoder {
    mutating func readQuickTicker(
        _ slot: StreamSlot,
        _ symbolAt: Int,
        _ meta: EventMeta,
        _ reader: inout FrameReader,
        _ output: inout DecodedFrame
    ) -> Bool {
        var envelope = QuickEnvelope()
        guard envelope.readUpToData(&reader), envelope.isDelta || envelope.isSnapshot else { return false }
        var state = envelope.isDelta ? tickers[slot.state].state : TickerState()
        guard !envelope.isDelta || state.isAnchored, reader.take(0x7B) else { return false }
        repeat {
            guard state.mergeQuickly(&reader, symbolAt, slot.symbolLength) else { return false }
        } while reader.take(0x2C)
        guard reader.take(0x7D), envelope.readRest(&reader) else { return false }
        if envelope.isDelta, let sequence = envelope.sequence, sequence < state.sequence { return false }
        state.isAnchored = true
        state.sequence = envelope.sequence ?? state.sequence
        tickers[slot.state].state = state
        give(state, at: slot.state, meta, slot.instrument, envelope.time ?? meta.ts, &output)
        return true
    }
}

extension TickerState {
    /// Reads one member, by the first letter of its name and then the whole.
    @inline(__always)
    mutating func mergeQuickly(_ reader: inout FrameReader, _ symbolAt: Int, _ symbolLength: Int) -> Bool {
        switch reader.byte(reader.at &+ 1) {
        case 0x62:  // b
            if reader.take(#""bid1Price":"#) { return Self.read(&bidPrice, &reader) }
            return reader.take(#""bid1Size":"#) && Self.read(&bidSize, &reader)
        case 0x61:  // a
            if reader.take(#""ask1Price":"#) { return Self.read(&askPrice, &reader) }
            return reader.take(#""ask1Size":"#) && Self.read(&askSize, &reader)
        case 0x6C:  // l
            if reader.take(#""lastPrice":"#) { return Self.read(&lastPrice, &reader) }
            return reader.take(#""lowPrice24h":"#) && Self.read(&low24h, &reader)
        case 0x6D: return reader.take(#""markPrice":"#) && Self.read(&markPrice, &reader)
        case 0x69: return reader.take(#""indexPrice":"#) && Self.read(&indexPrice, &reader)
        case 0x68: return reader.take(#""highPrice24h":"#) && Self.read(&high24h, &reader)
        case 0x6F:  // o
            if reader.take(#""openInterest":"#) { return Self.read(&openInterest, &reader) }
            return reader.take(#""openInterestValue":"#) && Self.read(&openInterestValue, &reader)
        case 0x76: return reader.take(#""volume24h":"#) && Self.read(&volume24h, &reader)
        case 0x74:  // t
            if reader.take(#""turnover24h":"#) { return Self.read(&turnover24h, &reader) }
            return reader.take(#""tickDirection":"#) && reader.skipString()
        case 0x70:  // p
            if reader.take(#""price24hPcnt":"#) { return Self.read(&change24h, &reader) }
            let isIgnored =
                reader.take(#""prevPrice24h":"#) || reader.take(#""prevPrice1h":"#)
                || reader.take(#""preOpenPrice":"#) || reader.take(#""preQty":"#)
            return isIgnored && reader.skipString()
        case 0x66: return mergeFunding(&reader)
        case 0x6E:  // n
            guard reader.take(#""nextFundingTime":"#), let time = reader.quotedTime() else { return false }
            nextFundingTime = time
            return true
        case 0x73:  // s
            if reader.take(#""symbol":""#) { return reader.takeSame(as: symbolAt, length: symbolLength) }
            let isIgnored =
                reader.take(#""singleOpenInterest":"#) || reader.take(#""singleOpenInterestValue":"#)
            return isIgnored && reader.skipString()
        case 0x63: return reader.take(#""curPreListingPhase":"#) && reader.skipString()
        case 0x75: return reader.take(#""usdIndexPrice":"#) && reader.skipString()
        default: return false
        }
    }

    private mutating func mergeFunding(_ reader: inout FrameReader) -> Bool {
        if reader.take(#""fundingRate":"#) { return Self.read(&fundingRate, &reader) }
        if reader.take(#""fundingCap":"#) { return reader.skipString() }
        guard reader.take(#""fundingIntervalHour":"#), let hours = reader.quotedTime() else { return false }
        fundingIntervalHours = Int(hours)
        return true
    }

    @inline(__always)
    private static func read<Kind>(_ value: inout Decimal64<Kind>?, _ reader: inout FrameReader) -> Bool {
        value = reader.decimal()
        return value != nil
    }

    @inline(__always)
    private static func read(_ value: inout Money?, _ reader: inout FrameReader) -> Bool {
        value = reader.money()
        return value != nil
    }
}
