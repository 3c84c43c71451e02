/// The busiest topics written straight, without containers: what their `Codable` conformances would write.
///
/// A test holds both to the same bytes. Every other topic goes the general way.
extension AnyEvent {
    /// The most bytes that the payload can take on the straight way; nil for a topic that has none.
    var straightBytesMax: Int? {
        switch self {
        case .marketTrade, .marketKline, .marketOi, .marketFunding: JSONSink.eventBytesMax
        case .marketTicker(let ticker): ticker.option == nil ? JSONSink.eventBytesMax : nil
        case .marketOrderbookDelta(let delta):
            JSONSink.eventBytesMax + delta.levels.count * JSONSink.levelBytesMax
        default: nil
        }
    }

    /// Appends the payload, where it has a straight way.
    func append(to bytes: inout JSONSink) {
        switch self {
        case .marketTrade(let trade): trade.append(to: &bytes)
        case .marketOrderbookDelta(let delta): delta.append(to: &bytes)
        case .marketKline(let kline): kline.append(to: &bytes)
        case .marketOi(let interest): interest.append(to: &bytes)
        case .marketFunding(let funding): funding.append(to: &bytes)
        case .marketTicker(let ticker): ticker.append(to: &bytes)
        default: break
        }
    }
}

extension TradeEvent {
    fileprivate func append(to bytes: inout JSONSink) {
        meta.open(&bytes)
        bytes.field("instrument", instrument)
        bytes.field("exchangeTime", exchangeTime)
        bytes.name("id")
        bytes.append(0x22)
        id.append(to: &bytes)
        bytes.append(0x22)
        bytes.field("side", text: side.rawValue)
        bytes.field("price", price)
        bytes.field("quantity", quantity)
        bytes.field("isBlockTrade", isBlockTrade)
        bytes.field("isBackfill", isBackfill)
        bytes.append(0x7D)
    }
}

extension OrderBookDelta {
    fileprivate func append(to bytes: inout JSONSink) {
        meta.open(&bytes)
        bytes.field("instrument", instrument)
        bytes.field("exchangeTime", exchangeTime)
        bytes.field("depth", Int64(depth))
        bytes.field("isSnapshot", isSnapshot)
        bytes.name("updateID")
        bytes.number(updateID)
        bytes.name("levels")
        bytes.append(0x5B)
        for index in levels.indices {
            if index > 0 { bytes.append(0x2C) }
            bytes.append(0x5B)
            bytes.decimal(levels[index].price.units, scale: levels[index].price.scale)
            bytes.append(0x2C)
            bytes.decimal(levels[index].size.units, scale: levels[index].size.scale)
            bytes.append(0x5D)
        }
        bytes.append(0x5D)
        bytes.field("bidCount", Int64(bidCount))
        bytes.append(0x7D)
    }
}

extension KlineEvent {
    fileprivate func append(to bytes: inout JSONSink) {
        meta.open(&bytes)
        bytes.field("instrument", instrument)
        bytes.field("minutes", Int64(minutes))
        bytes.field("start", start)
        bytes.field("end", end)
        bytes.field("open", open)
        bytes.field("high", high)
        bytes.field("low", low)
        bytes.field("close", close)
        bytes.field("volume", volume)
        bytes.field("turnover", turnover)
        bytes.field("isConfirmed", isConfirmed)
        bytes.field("isBackfill", isBackfill)
        bytes.append(0x7D)
    }
}

extension OpenInterestEvent {
    fileprivate func append(to bytes: inout JSONSink) {
        meta.open(&bytes)
        bytes.field("instrument", instrument)
        bytes.field("exchangeTime", exchangeTime)
        bytes.field("openInterest", openInterest)
        bytes.field("value", value)
        bytes.field("isBackfill", isBackfill)
        bytes.append(0x7D)
    }
}

extension FundingEvent {
    fileprivate func append(to bytes: inout JSONSink) {
        meta.open(&bytes)
        bytes.field("instrument", instrument)
        bytes.field("exchangeTime", exchangeTime)
        bytes.field("rate", rate)
        if let nextFundingTime { bytes.field("nextFundingTime", nextFundingTime) }
        if let intervalHours { bytes.field("intervalHours", Int64(intervalHours)) }
        bytes.field("isBackfill", isBackfill)
        bytes.append(0x7D)
    }
}

extension TickerEvent {
    fileprivate func append(to bytes: inout JSONSink) {
        meta.open(&bytes)
        bytes.field("instrument", instrument)
        bytes.field("exchangeTime", exchangeTime)
        bytes.field("lastPrice", lastPrice)
        bytes.field("markPrice", markPrice)
        bytes.field("indexPrice", indexPrice)
        bytes.field("bidPrice", bidPrice)
        bytes.field("bidSize", bidSize)
        bytes.field("askPrice", askPrice)
        bytes.field("askSize", askSize)
        bytes.field("high24h", high24h)
        bytes.field("low24h", low24h)
        bytes.field("volume24h", volume24h)
        bytes.field("turnover24h", turnover24h)
        bytes.field("change24h", change24h)
        bytes.append(0x7D)
    }
}

extension EventMeta {
    /// Opens the event's object with its first field.
    fileprivate func open(_ bytes: inout JSONSink) {
        bytes.literal("{\"meta\":{\"seq\":")
        bytes.number(seq)
        bytes.field("ts", ts)
        bytes.field("source", text: source.rawValue)
        if let correlationID { bytes.field("correlationId", text: correlationID.description) }
        bytes.append(0x7D)
    }
}

extension TradeID {
    fileprivate func append(to bytes: inout JSONSink) {
        switch self {
        case .number(let number): bytes.number(number)
        case .uuid(let high, let low):
            for (word, shift) in [(high, 32), (high, 16), (high, 0), (low, 48)] as [(UInt64, UInt64)] {
                let digits = shift == 32 ? 8 : 4
                bytes.hexadecimal(word &>> shift, digits: digits)
                bytes.append(0x2D)
            }
            bytes.hexadecimal(low, digits: 12)
        // Printable ASCII, in which only these two are escaped.
        case .text(let text): bytes.escaped(text)
        }
    }
}
