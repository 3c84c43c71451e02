/// The busiest topics written straight, without containers: what their `Codable` conformances would write.
///
/// A test holds both to the same bytes. Every other topic goes the general way.
extension AnyEvent {
    /// Appends the payload; false, and nothing, for a topic that has no straight way.
    func appendStraight(to bytes: inout [UInt8]) -> Bool {
        switch self {
        case .marketTrade(let trade): trade.append(to: &bytes)
        case .marketOrderbookDelta(let delta): delta.append(to: &bytes)
        case .marketKline(let kline): kline.append(to: &bytes)
        case .marketOi(let interest): interest.append(to: &bytes)
        case .marketFunding(let funding): funding.append(to: &bytes)
        case .marketTicker(let ticker) where ticker.option == nil: ticker.append(to: &bytes)
        default: return false
        }
        return true
    }
}

extension TradeEvent {
    fileprivate func append(to bytes: inout [UInt8]) {
        meta.open(&bytes)
        bytes.field("instrument", instrument)
        bytes.field("exchangeTime", exchangeTime)
        bytes.name("id")
        bytes.quoted { id.append(to: &$0) }
        bytes.field("side", text: side.rawValue)
        bytes.field("price", price)
        bytes.field("quantity", quantity)
        bytes.field("isBlockTrade", isBlockTrade)
        bytes.field("isBackfill", isBackfill)
        bytes.append(0x7D)
    }
}

extension OrderBookDelta {
    fileprivate func append(to bytes: inout [UInt8]) {
        bytes.reserveCapacity(bytes.count + 256 + levels.count * 32)
        meta.open(&bytes)
        bytes.field("instrument", instrument)
        bytes.field("exchangeTime", exchangeTime)
        bytes.field("depth", Int64(depth))
        bytes.field("isSnapshot", isSnapshot)
        bytes.name("updateID")
        JSONText.append(updateID, to: &bytes)
        bytes.name("levels")
        bytes.append(0x5B)
        for index in levels.indices {
            if index > 0 { bytes.append(0x2C) }
            bytes.append(0x5B)
            bytes.decimal(levels[index].price)
            bytes.append(0x2C)
            bytes.decimal(levels[index].size)
            bytes.append(0x5D)
        }
        bytes.append(0x5D)
        bytes.field("bidCount", Int64(bidCount))
        bytes.append(0x7D)
    }
}

extension KlineEvent {
    fileprivate func append(to bytes: inout [UInt8]) {
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
    fileprivate func append(to bytes: inout [UInt8]) {
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
    fileprivate func append(to bytes: inout [UInt8]) {
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
    fileprivate func append(to bytes: inout [UInt8]) {
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
    fileprivate func open(_ bytes: inout [UInt8]) {
        bytes.literal("{\"meta\":{\"seq\":")
        JSONText.append(seq, to: &bytes)
        bytes.field("ts", ts)
        bytes.field("source", text: source.rawValue)
        if let correlationID { bytes.field("correlationId", text: correlationID.description) }
        bytes.append(0x7D)
    }
}

extension TradeID {
    fileprivate func append(to bytes: inout [UInt8]) {
        switch self {
        case .number(let number): JSONText.append(number, to: &bytes)
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

/// All a straight writer needs; names are literals and are not escaped.
extension [UInt8] {
    @inline(__always)
    fileprivate mutating func literal(_ text: StaticString) {
        unsafe append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// A further field's name and colon.
    @inline(__always)
    fileprivate mutating func name(_ name: StaticString) {
        literal(",\"")
        literal(name)
        literal("\":")
    }

    fileprivate mutating func field(_ name: StaticString, _ value: Int64) {
        self.name(name)
        JSONText.append(value, to: &self)
    }

    fileprivate mutating func field(_ name: StaticString, _ value: Bool) {
        self.name(name)
        literal(value ? "true" : "false")
    }

    /// For text that is known to need no escape.
    fileprivate mutating func field(_ name: StaticString, text: String) {
        self.name(name)
        quoted { $0.append(contentsOf: text.utf8) }
    }

    fileprivate mutating func field(_ name: StaticString, _ instrument: Instrument) {
        self.name(name)
        quoted {
            $0.append(contentsOf: instrument.category.rawValue.utf8)
            $0.append(0x3A)
            $0.escaped(instrument.symbol)
        }
    }

    fileprivate mutating func field<Kind>(_ name: StaticString, _ value: Decimal64<Kind>?) {
        guard let value else { return }
        self.name(name)
        decimal(value)
    }

    fileprivate mutating func field(_ name: StaticString, _ value: Money?) {
        guard let value else { return }
        self.name(name)
        quoted { bytes in
            if let units = Int64(exactly: value.units) {
                DecimalText.append(units, scale: value.scale, to: &bytes)
            } else {
                DecimalText.append(value.units, scale: value.scale, to: &bytes)
            }
        }
    }

    @inline(__always)
    fileprivate mutating func decimal<Kind>(_ value: Decimal64<Kind>) {
        quoted { DecimalText.append(value.units, scale: value.scale, to: &$0) }
    }

    @inline(__always)
    fileprivate mutating func quoted(_ body: (inout [UInt8]) -> Void) {
        append(0x22)
        body(&self)
        append(0x22)
    }

    fileprivate mutating func escaped(_ text: Symbol) {
        for word in [text.words.0, text.words.1, text.words.2, text.words.3] {
            var rest = word
            while rest != 0 {
                let byte = UInt8(truncatingIfNeeded: rest &>> 56)
                if byte == 0x22 || byte == 0x5C { append(0x5C) }
                append(byte)
                rest &<<= 8
            }
        }
    }

    fileprivate mutating func hexadecimal(_ number: UInt64, digits: Int) {
        for place in (0..<digits).reversed() {
            let digit = UInt8(truncatingIfNeeded: number &>> UInt64(4 &* place)) & 0xF
            append(digit < 10 ? 0x30 &+ digit : 0x57 &+ digit)
        }
    }
}
